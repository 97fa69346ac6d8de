"""ImageNet weights as torchvision describes them: which exist, where its cache keeps them, how good they are."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Literal, cast, get_args

import torch
from torchvision import models
from torchvision.models import WeightsEnum

from resnet_viz.errors import WeightsError
from resnet_viz.networks.catalog import NETWORKS, spec
from resnet_viz.networks.files import sha256_of
from resnet_viz.records import ClassLabel, TransformSpec, WeightsInfo

Version = Literal["imagenet-v1", "imagenet-v2"]

_MEMBERS: dict[str, str] = {"imagenet-v1": "IMAGENET1K_V1", "imagenet-v2": "IMAGENET1K_V2"}
_VALIDATION_IMAGES = 50_000
"""Images of ImageNet's validation set, on which torchvision measures."""


def versions(network: str) -> tuple[Version, ...]:
    """The versions of ImageNet weights that torchvision has for a network; empty for v1, plain twins and LeNet-5."""
    name = spec(network).tv_weights
    if name is None:
        return ()
    return tuple(v for v in get_args(Version) if _MEMBERS[v] in getattr(models, name).__members__)


def enum_of(network: str, version: Version) -> WeightsEnum:
    """torchvision's entry for a version. Raises WeightsError `weights_no_version` where it has none."""
    if version not in versions(network):
        raise WeightsError("weights_no_version", network=network, version=version)
    return cast("WeightsEnum", getattr(models, str(spec(network).tv_weights))[_MEMBERS[version]])


def cache_file(network: str, version: Version) -> Path:
    """Where torchvision keeps, or would keep, these weights."""
    name: str = enum_of(network, version).url.rsplit("/", 1)[-1]
    return Path(str(torch.hub.get_dir())) / "checkpoints" / name


def hash_prefix(file: Path) -> str:
    """The first digits of the SHA-256 that the name of torchvision's file promises: `0676ba61`."""
    found = re.search(r"-([0-9a-f]{8,})\.pth$", file.name)
    if found is None:
        raise ValueError(f"no hash in the name {file.name}")
    return found[1]


def is_cached(network: str, version: Version) -> bool:
    """Whether the cache holds these weights, whole: a file whose hash is not the one in its name does not count."""
    file = cache_file(network, version)
    try:
        return sha256_of(file).startswith(hash_prefix(file))
    except OSError:
        return False


def recognise(digest: str) -> tuple[str, Version] | None:
    """The network and version whose published file has this SHA-256, however the file is called; None for others."""
    for network in NETWORKS:
        for version in versions(network):
            if digest.startswith(hash_prefix(cache_file(network, version))):
                return network, version
    return None


def imagenet_info(network: str, version: Version, digest: str) -> WeightsInfo:
    """What torchvision's metadata says about these weights."""
    entry = enum_of(network, version)
    accuracy = entry.meta["_metrics"]["ImageNet-1K"]
    transforms = _transforms(entry)
    if network == "googlenet":
        # It was trained in TensorFlow on pixels from -1 to 1, and torchvision converts inside of the model
        # (transform_input); here the same is done before it.
        transforms = replace(transforms, mean=(0.5,) * 3, std=(0.5,) * 3)
    return WeightsInfo(
        network=network,
        source=version,
        digest=digest,
        labels=tuple(ClassLabel(f"class {i}", name) for i, name in enumerate(entry.meta["categories"])),
        trained_on="imagenet",
        transforms=transforms,
        top1=accuracy["acc@1"],
        top5=accuracy["acc@5"],
        measured_at=transforms.size,
        measured_on=_VALIDATION_IMAGES,
        accuracies=((transforms.size, accuracy["acc@1"]),),
        origin=entry.url,
        licence="BSD-3-Clause (torchvision); terms of ImageNet",
    )


def _transforms(entry: WeightsEnum) -> TransformSpec:
    found = entry.transforms()
    return TransformSpec(
        resize=found.resize_size[0],
        size=found.crop_size[0],
        mean=tuple(found.mean),
        std=tuple(found.std),
        interpolation=found.interpolation.value,
    )
