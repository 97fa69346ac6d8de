"""What is known of weights that torchvision did not publish: from their card, or nothing but their shape."""

from __future__ import annotations

from typing import Literal

from resnet_viz.errors import WeightsError
from resnet_viz.networks.card import Card
from resnet_viz.networks.catalog import spec
from resnet_viz.records import ClassLabel, TransformSpec, WeightsInfo

IMAGENET_MEAN, IMAGENET_STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
"""Channel means and standard deviations of ImageNet's pixels from 0 to 1: what nearly all weights want."""


def card_info(card: Card, classes: int, digest: str, source: Literal["file", "bundled"], name: str) -> WeightsInfo:
    """What the card of a stored file says. Raises WeightsError `weights_card` if it names another number of classes."""
    if len(card.labels) != classes:
        raise WeightsError("weights_card", file=name)
    # The size that they were trained at, or the nearest that was measured: `measured_at` says which.
    here = min(card.measurements, key=lambda row: abs(row.size - card.transforms.size), default=None)
    return WeightsInfo(
        network=card.network,
        source=source,
        digest=digest,
        labels=card.labels,
        trained_on=card.trained_on,
        transforms=card.transforms,
        top1=here.stored if here else None,
        measured_at=here.size if here else None,
        measured_on=card.measured_on if here else None,
        accuracies=tuple((row.size, row.stored) for row in card.measurements),
        origin=name,
        licence=card.licence,
    )


def unnamed_info(network: str, classes: int, digest: str, name: str) -> WeightsInfo:
    """A file that says nothing about itself: numbered classes, the usual transforms, no accuracy."""
    return WeightsInfo(
        network=network,
        source="file",
        digest=digest,
        labels=numbered(classes),
        trained_on="unknown",
        transforms=usual_transforms(network),
        origin=name,
    )


def untrained_info(network: str, digest: str) -> WeightsInfo:
    """Starting values: what the network is before it has seen an image."""
    return WeightsInfo(
        network=network,
        source="none",
        digest=digest,
        labels=numbered(spec(network).classes),
        trained_on="nothing",
        transforms=usual_transforms(network),
    )


def numbered(classes: int) -> tuple[ClassLabel, ...]:
    """Labels for classes that nobody named: `class 0`, `class 1`, ..."""
    return tuple(ClassLabel(f"class {i}", f"class {i}", f"类别 {i}") for i in range(classes))


def usual_transforms(network: str) -> TransformSpec:
    """The centre square without a margin, at the network's own size, normalised as ImageNet's images are."""
    return TransformSpec(resize=None, size=spec(network).default_size, mean=IMAGENET_MEAN, std=IMAGENET_STD)
