"""Live numbers for the lessons on degradation, gradients, the residual unit and what it brought.

{he_imagenet.plain_34}  an error that a paper has published, in percent: table, kind and layers
{imagenet.resnet50_v1}  top-1 accuracy on ImageNet of weights, in percent, as their metadata says
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, partial
from types import MappingProxyType

from resnet_viz.analysis.chain import LAYERS, STEEPEST
from resnet_viz.analysis.fully_connected import SETTINGS, measure
from resnet_viz.analysis.numbers import magnitude
from resnet_viz.analysis.published import published
from resnet_viz.learn.plans import plan
from resnet_viz.learn.spelled import Value
from resnet_viz.networks.pretrained import Version, imagenet_info

DEPTHS = (20, 50)
"""Layers of the fully connected networks that the text names."""
GROWTH = 8
"""How many times as large the gradient of the question's chain is at its first bias as at its last."""
CELL, SHIFT = 3, -5
"""A value of x, and the shift of a residual branch whose last batch norm has a scale of zero."""


def top1(network: str, version: Version) -> float:
    """Top-1 accuracy of ImageNet weights in percent, as torchvision measured it. Raises WeightsError where there are none."""
    found = imagenet_info(network, version, "").top1
    if found is None:
        raise ValueError(f"{network}: torchvision says no accuracy of {version}")
    return found


def gain_of_depth() -> float:
    """Points of top-1 accuracy between ResNet-50 and ResNet-152, both of the first recipe."""
    return top1("resnet152", "imagenet-v1") - top1("resnet50", "imagenet-v1")


def gain_of_recipe() -> float:
    """Points of top-1 accuracy between the first recipe and the second, both of ResNet-50."""
    return top1("resnet50", "imagenet-v2") - top1("resnet50", "imagenet-v1")


def pair() -> float:
    """What a weight times a slope has to be for `GROWTH`, where all of the chain's pairs are equal."""
    return float(GROWTH ** (1 / (LAYERS - 1)))


@cache
def _ratio(name: str, depth: int) -> str:
    """How much of the gradient comes back, as the figure says it."""
    return magnitude(measure(replace(SETTINGS[name], depth=depth)).ratio)


def _percent(value: float) -> str:
    return f"{value:.2f}"


def _accuracy(network: str, version: Version) -> str:
    return _percent(top1(network, version))


def _published() -> dict[str, Callable[[], Value]]:
    return {
        f"{table.id}.{kind}_{row.layers}": partial(_percent, error)
        for table in published()
        for row in table.rows
        for kind, error in (("residual", row.residual), ("plain", row.plain))
        if error is not None
    }


def _accuracies() -> dict[str, Callable[[], Value]]:
    versions: tuple[tuple[str, Version], ...] = (("v1", "imagenet-v1"), ("v2", "imagenet-v2"))
    return {
        f"imagenet.{network}_{short}": partial(_accuracy, network, version)
        for network in ("resnet50", "resnet152")
        for short, version in versions
    }


def _ratios() -> dict[str, Callable[[], Value]]:
    return {f"stack.{name}_{depth}": partial(_ratio, name, depth) for name in SETTINGS for depth in DEPTHS}


NUMBERS: Mapping[str, Callable[[], Value]] = MappingProxyType(
    {
        **_published(),
        **_accuracies(),
        **_ratios(),
        "chain.steepest": lambda: f"1/{1 / STEEPEST:.0f}",
        "chain.weight": lambda: f"{1 / STEEPEST:.0f}",
        "chain.growth": lambda: GROWTH,
        "chain.pair": lambda: round(pair()),
        "chain.slopes": lambda: f"1/{STEEPEST**-LAYERS:.0f}",
        "silent.cell": lambda: CELL,
        "silent.shift": lambda: SHIFT,
        "silent.sum": lambda: CELL + SHIFT,
        "imagenet.depth": lambda: _percent(gain_of_depth()),
        "imagenet.recipe": lambda: _percent(gain_of_recipe()),
        "resnet152.share_of_vgg19": lambda: f"{100 * plan('resnet152').macs / plan('vgg19').macs:.0f}",
    }
)
