"""The networks that can be shown: a name means the same in the app, in URLs and in the shell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

import torch
from torch import nn
from torchvision import models

from resnet_viz.errors import NetworkError
from resnet_viz.networks.lenet import LeNet5
from resnet_viz.networks.plain import plain
from resnet_viz.networks.residual import BOTTLENECK_DEPTHS, STAGE_BLOCKS, residual
from resnet_viz.networks.seeding import seeded

Family = Literal["resnet", "plain", "vgg", "alexnet", "googlenet", "lenet"]


@dataclass(frozen=True, slots=True)
class NetworkSpec:
    """A network of the catalogue: how it is built, and what it takes."""

    name: str
    title: str
    """What figures and sentences call it, the same in every language: `ResNet-50 v1`."""
    family: Family
    make: Callable[[int], nn.Module] = field(repr=False, compare=False)
    """Number of classes -> the module, initialised as its authors do."""
    twin: str | None = None
    """Name of the same network without shortcuts, or with them for a plain one."""
    tv_weights: str | None = None
    """Name of its weights enum in `torchvision.models`: `ResNet50_Weights`."""
    channels: int = 3
    classes: int = 1000
    default_size: int = 224
    min_size: int = 32
    """Smallest input side in pixels that is offered and accepted."""
    max_size: int = 1024


def _residual_and_plain(depth: int, v1: bool) -> tuple[NetworkSpec, NetworkSpec]:
    suffix, titled = ("-v1", " v1") if v1 else ("", "")
    names = f"resnet{depth}{suffix}", f"plain{depth}{suffix}"
    weights = None if v1 else f"ResNet{depth}_Weights"  # torchvision's are v1.5; v1 would take them and answer wrongly
    return (
        NetworkSpec(names[0], f"ResNet-{depth}{titled}", "resnet", residual(depth, v1), names[1], weights),
        NetworkSpec(names[1], f"Plain-{depth}{titled}", "plain", plain(depth, v1), names[0]),
    )


def _vgg16(classes: int) -> nn.Module:
    return models.vgg16(num_classes=classes)  # type: ignore[no-any-return]


def _vgg19(classes: int) -> nn.Module:
    return models.vgg19(num_classes=classes)  # type: ignore[no-any-return]


def _alexnet(classes: int) -> nn.Module:
    return models.alexnet(num_classes=classes)  # type: ignore[no-any-return]


def _googlenet(classes: int) -> nn.Module:
    # The auxiliary heads serve training alone; pixels are converted in preprocessing, not by transform_input.
    return models.GoogLeNet(num_classes=classes, aux_logits=False, init_weights=True)  # type: ignore[no-any-return]


def _catalogue() -> dict[str, NetworkSpec]:
    pairs = [_residual_and_plain(depth, v1=False) for depth in STAGE_BLOCKS]
    pairs_v1 = [_residual_and_plain(depth, v1=True) for depth in BOTTLENECK_DEPTHS]
    specs = [
        *(with_shortcuts for with_shortcuts, _ in (*pairs, *pairs_v1)),
        *(without for _, without in (*pairs, *pairs_v1)),
        NetworkSpec("vgg16", "VGG-16", "vgg", _vgg16, tv_weights="VGG16_Weights"),
        NetworkSpec("vgg19", "VGG-19", "vgg", _vgg19, tv_weights="VGG19_Weights"),
        NetworkSpec("alexnet", "AlexNet", "alexnet", _alexnet, tv_weights="AlexNet_Weights", min_size=63),
        NetworkSpec("googlenet", "GoogLeNet", "googlenet", _googlenet, tv_weights="GoogLeNet_Weights"),
        NetworkSpec(
            "lenet5", "LeNet-5", "lenet", LeNet5, channels=1, classes=10, default_size=32, min_size=32, max_size=32
        ),
    ]
    return {spec.name: spec for spec in specs}


NETWORKS: Mapping[str, NetworkSpec] = MappingProxyType(_catalogue())
"""Every network by its name, in the order in which they are offered."""


def spec(name: str) -> NetworkSpec:
    """The network called `name`. Raises NetworkError `unknown_network`."""
    found = NETWORKS.get(name)
    if found is None:
        raise NetworkError("unknown_network", name=name, known=tuple(NETWORKS))
    return found


def check_size(name: str, size: int) -> None:
    """Raise NetworkError `size_not_accepted` unless the network takes squares of `size` pixels a side."""
    found = spec(name)
    if not found.min_size <= size <= found.max_size:
        raise NetworkError("size_not_accepted", network=found.title, size=size, low=found.min_size, high=found.max_size)


def build(name: str, classes: int | None = None, device: str = "cpu", seed: int = 0) -> nn.Module:
    """The network with random weights, in evaluation mode, nothing in place; `classes` None for its own number.

    Starting values follow from `seed` alone, and those of a plain network are those of its twin, layer by layer. The
    global random state stays as it was. On `meta` there are no values. Raises NetworkError `unknown_network`.
    """
    found = spec(name)
    count = found.classes if classes is None else classes
    with seeded(seed), torch.device(device):
        model = found.make(count)
        if found.family == "plain" and found.twin is not None and device != "meta":
            torch.manual_seed(seed)
            start = spec(found.twin).make(count).state_dict()
            model.load_state_dict({key: start[key] for key in model.state_dict()})
    for module in model.modules():
        if getattr(module, "inplace", False):
            module.inplace = False  # type: ignore[assignment]
    return model.eval()
