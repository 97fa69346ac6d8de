"""Weights of a network: bundled, from torchvision's cache, from a file, or none; which exist, how good, and loaded."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from torch import nn

from resnet_viz.errors import WeightsError
from resnet_viz.networks.catalog import build, spec
from resnet_viz.networks.checkpoint import check_size, outline, tensors
from resnet_viz.networks.download import download
from resnet_viz.networks.files import sha256_of
from resnet_viz.networks.fitting import assemble, fit
from resnet_viz.networks.measured import with_measurements
from resnet_viz.networks.pretrained import (
    Version,
    cache_file,
    imagenet_info,
    is_cached,
    recognise,
    versions,
)
from resnet_viz.networks.provenance import card_info, unnamed_info, untrained_info
from resnet_viz.records import WeightsInfo

__all__ = ["LoadedWeights", "bundled_file", "choices", "download", "is_cached", "load", "resolve"]

BUNDLED: Final = Path(__file__).parents[2] / "assets" / "weights"
_SEED = 0
"""Of untrained weights: the same ones for everyone."""


@dataclass(frozen=True, slots=True)
class LoadedWeights:
    """A network with its weights, in evaluation mode, shared by whoever asks: nothing may be written to it."""

    model: nn.Module
    info: WeightsInfo


@dataclass(frozen=True, slots=True)
class _Found:
    """Weights that exist: what they are, and where; no source means untrained."""

    info: WeightsInfo
    source: Path | bytes | None


def choices(network: str) -> tuple[str, ...]:
    """Which weights exist for a network, of imagenet-v2, imagenet-v1, bundled and none; cached or not."""
    bundled = ("bundled",) if bundled_file(network).is_file() else ()
    return (*reversed(versions(network)), *bundled, "none")


def bundled_file(network: str) -> Path:
    """Where bundled weights of a network are, if there are any."""
    return BUNDLED / f"{network}-imagenette.safetensors"


def resolve(network: str, choice: str | bytes | Path, name: str = "") -> WeightsInfo:
    """What a choice of weights means, without loading a tensor.

    `choice` is `auto` (ImageNet if cached, else bundled, else none), `imagenet` (the newest that is cached),
    `imagenet-v1`, `imagenet-v2`, `bundled`, `none`, or a file: a path, or bytes that are called `name` in errors.

    Raises NetworkError for a network, WeightsError for weights that do not exist, are not there or are not of this
    network: `weights_unknown`, `weights_no_version`, `weights_not_cached`, `weights_not_bundled`,
    `weights_other_network`, and for a file what `checkpoint.outline` and `fitting.fit` raise.
    """
    return _find(network, choice, name).info


def load(network: str, choice: str | bytes | Path, name: str = "") -> LoadedWeights:
    """A network with the weights of a choice, as `resolve` reads it. Raises what `resolve` raises."""
    found = _find(network, choice, name)
    info = found.info
    if found.source is None:
        return LoadedWeights(build(network, seed=_SEED), info)
    state = tensors(found.source, info.origin)
    return LoadedWeights(assemble(network, len(info.labels), state, info.origin), info)


def _find(network: str, choice: str | bytes | Path, name: str) -> _Found:
    spec(network)
    match choice:
        case bytes():
            return _file(network, choice, hashlib.sha256(choice).hexdigest(), name)
        case Path():
            return _path(network, choice, name or choice.name)
        case "imagenet-v1" | "imagenet-v2":
            return _imagenet(network, (choice,))
    ways = {"auto": _auto, "imagenet": _any_imagenet, "bundled": _bundled, "none": _untrained}
    if choice not in ways:
        raise WeightsError("weights_unknown", choice=choice, known=("auto", "imagenet", *choices(network)))
    return ways[choice](network)


def _auto(network: str) -> _Found:
    cached = tuple(version for version in versions(network) if is_cached(network, version))
    if cached:
        return _imagenet(network, cached)
    return _bundled(network) if bundled_file(network).is_file() else _untrained(network)


def _any_imagenet(network: str) -> _Found:
    if not versions(network):
        raise WeightsError("weights_no_version", network=network, version="imagenet")
    return _imagenet(network, versions(network))


def _imagenet(network: str, wanted: Sequence[Version]) -> _Found:
    version = next((v for v in reversed(wanted) if is_cached(network, v)), None)
    file = cache_file(network, version or wanted[-1])
    if version is None:
        raise WeightsError("weights_not_cached", network=network, version=wanted[-1], file=str(file))
    return _Found(imagenet_info(network, version, sha256_of(file)), file)


def _bundled(network: str) -> _Found:
    file = bundled_file(network)
    if not file.is_file():
        raise WeightsError("weights_not_bundled", network=network)
    return _path(network, file, file.name, "bundled")


def _path(network: str, file: Path, name: str, source: Literal["file", "bundled"] = "file") -> _Found:
    check_size(file, name)
    return _file(network, file, sha256_of(file), name, source)


def _file(
    network: str, content: Path | bytes, digest: str, name: str, source: Literal["file", "bundled"] = "file"
) -> _Found:
    found = outline(content, name)
    known = recognise(digest)
    belongs = known[0] if known else found.card.network if found.card else network
    if belongs != network:
        # v1, v1.5 and plain twins may share keys and shapes: such weights would load, and answer nonsense.
        raise WeightsError("weights_other_network", file=name, network=network, belongs=belongs)
    classes = fit(network, found.shapes, name)
    if known:
        return _Found(replace(imagenet_info(*known, digest), source=source, origin=name), content)
    if found.card:
        card = with_measurements(found.card, content) if isinstance(content, Path) else found.card
        return _Found(card_info(card, classes, digest, source, name), content)
    return _Found(unnamed_info(network, classes, digest, name), content)


def _untrained(network: str) -> _Found:
    digest = hashlib.sha256(f"untrained {network} seed {_SEED}".encode()).hexdigest()
    return _Found(untrained_info(network, digest), None)
