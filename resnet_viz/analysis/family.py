"""How deep networks got: the year of each, what its live model counts, and how well its published weights answer."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Literal

from resnet_viz.blueprint.depth import WEIGHTED, longest_path
from resnet_viz.networks.catalog import spec
from resnet_viz.networks.pretrained import Version, imagenet_info, versions
from resnet_viz.records import Blueprint

Departure = Literal["lenet_simpler", "alexnet_2014", "googlenet_norm"]
"""In what a live model is not the one of its paper: the count of depth is the same, parameters are not."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A network and the paper that it comes from."""

    network: str
    year: int
    """Of the paper's first public version."""
    ref: str
    """The paper's id among the references."""
    departure: Departure | None = None


FAMILY = (
    Origin("lenet5", 1998, "lecun1998", "lenet_simpler"),
    Origin("alexnet", 2012, "krizhevsky2012", "alexnet_2014"),
    Origin("vgg16", 2014, "simonyan2014"),
    Origin("vgg19", 2014, "simonyan2014"),
    Origin("googlenet", 2014, "szegedy2014", "googlenet_norm"),
    *(Origin(f"resnet{depth}", 2015, "he2015") for depth in (18, 34, 50, 101, 152)),
)
"""The networks of the history, in its order."""


@dataclass(frozen=True, slots=True)
class Accuracy:
    """What torchvision measured for one version of its weights on ImageNet's validation images, centre crop."""

    version: Version
    top1: float
    """Percent."""
    top5: float
    size: int
    """Side of the crop in pixels."""


@dataclass(frozen=True, slots=True)
class Member:
    """One network of the history, counted."""

    origin: Origin
    title: str
    shortcuts: bool
    """Whether it has any: additions in its graph."""
    depth: int
    """Weighted layers on the longest path."""
    weighted: int
    """All convolutions and linear layers."""
    params: int
    macs: int
    size: int
    """Input side in pixels for which multiply-adds are counted."""
    accuracies: tuple[Accuracy, ...]
    """For each version of published weights; empty for LeNet-5, which knows ten digits."""

    def accuracy(self, version: Version) -> Accuracy | None:
        """That of one version, None where there are no such weights."""
        return next((found for found in self.accuracies if found.version == version), None)


def member(origin: Origin, plan: Blueprint) -> Member:
    """A network counted in its blueprint."""
    infos = [(version, imagenet_info(plan.network, version, "")) for version in versions(plan.network)]
    return Member(
        origin,
        spec(plan.network).title,
        any(layer.kind == "add" for layer in plan.layers),
        plan.depth,
        sum(layer.kind in WEIGHTED for layer in plan.layers),
        plan.params,
        plan.macs,
        plan.size,
        tuple(
            Accuracy(version, info.top1, info.top5, info.transforms.size)
            for version, info in infos
            if info.top1 is not None and info.top5 is not None
        ),
    )


@dataclass(frozen=True, slots=True)
class DepthPart:
    """What one stage adds to the depth of its network."""

    stage: int | None
    """None for what lies behind the last stage."""
    counted: tuple[str, ...]
    """Places of its weighted layers on the longest path."""
    beside: tuple[str, ...]
    """Places of its other weighted layers, on paths that are not longer: projections, branches of an inception."""


def depth_parts(plan: Blueprint) -> tuple[DepthPart, ...]:
    """The depth of a network, stage by stage: what is counted adds up to it. Stages without weighted layers are left out."""
    on_path = set(longest_path(plan.layers))
    parts: dict[int | None, tuple[list[str], list[str]]] = {}
    for layer in plan.layers:
        if layer.kind in WEIGHTED:
            counted, beside = parts.setdefault(layer.stage, ([], []))
            (counted if layer.name in on_path else beside).append(layer.name)
    return tuple(DepthPart(stage, tuple(counted), tuple(beside)) for stage, (counted, beside) in parts.items())


def as_csv(members: Sequence[Member]) -> str:
    """A header and a line for each network, every digit; empty where there is no such number."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\n")
    columns = ("network", "year", "depth", "weighted_layers", "parameters", "macs", "input_size")
    writer.writerow((*columns, "top1_v1", "top5_v1", "top1_v2", "top5_v2", "reference"))
    for found in members:
        accuracies: list[float | str] = []
        for version in ("imagenet-v1", "imagenet-v2"):
            of = found.accuracy(version)
            accuracies += ["", ""] if of is None else [of.top1, of.top5]
        counts = found.depth, found.weighted, found.params, found.macs, found.size
        origin = found.origin
        writer.writerow((origin.network, origin.year, *counts, *accuracies, origin.ref))
    return file.getvalue()
