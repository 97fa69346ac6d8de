"""Live numbers for the lessons on the network, its stages, their cost and their code, beyond those of a blueprint."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

from resnet_viz.analysis.block_lab import Comparison, affordable_channels, compare
from resnet_viz.analysis.block_numbers import EXPANSION, BlockNumbers, numbers_of
from resnet_viz.analysis.myths import MYTHS
from resnet_viz.analysis.numbers import short
from resnet_viz.analysis.rows import totals
from resnet_viz.blueprint.options import along_width
from resnet_viz.learn.forgotten import without_projection
from resnet_viz.learn.plans import plan
from resnet_viz.learn.spelled import Value

NETWORK, FIRST_VERSION, DEEPER = "resnet50", "resnet50-v1", "resnet101"
BOTTLENECK = "layer1.1"
"""The block whose cost is held against two 3x3 convolutions."""
WEIGHED = "layer2.1"
"""The block whose weights are asked for."""
FLOPS_PER_MAC = 2
"""A multiplication and an addition."""


def branch_weights() -> tuple[int, ...]:
    """Weights of each convolution on the residual branch of `WEIGHED`, batch norm left out."""
    found = plan(NETWORK)
    branch = [found.layer(name) for name in found.block(WEIGHED).branch]
    return tuple(layer.params for layer in branch if layer.kind == "conv")


def _stage_blocks(network: str) -> str:
    """`3 + 4 + 6 + 3`."""
    return " + ".join(str(len(stage.blocks)) for stage in plan(network).stages if stage.blocks)


def _option(place: str, name: str) -> int:
    return along_width(plan(NETWORK).layer(place).options[name])


def _numbers() -> BlockNumbers:
    return numbers_of(plan(NETWORK).block(BOTTLENECK))


@cache
def _compared() -> Comparison:
    return compare(_numbers())


def _parameters(*, norms: bool) -> int:
    """Parameters of that block's batch norms, or of all else in it."""
    return sum(part.params for part in _compared().bottleneck.parts if (part.part == "batchnorm") == norms)


@cache
def _channels() -> int:
    return affordable_channels(_numbers())


def _strides() -> str:
    """Strides of the first two convolutions of the block that begins stage 2, as PyTorch prints them."""
    found = plan(NETWORK)
    return str(tuple(found.layer(f"layer2.0.{name}").options["stride"] for name in ("conv1", "conv2")))


NUMBERS: Mapping[str, Callable[[], Value]] = MappingProxyType(
    {
        "resnet50.main_path": lambda: totals(plan(NETWORK)).main_path,
        "resnet101.main_path": lambda: totals(plan(DEEPER)).main_path,
        "resnet50.stage_blocks": lambda: _stage_blocks(NETWORK),
        "resnet101.stage_blocks": lambda: _stage_blocks(DEEPER),
        "resnet50.conv1.kernel": lambda: _option("conv1", "kernel_size"),
        "resnet50.conv1.stride": lambda: _option("conv1", "stride"),
        "resnet50.conv1.padding": lambda: _option("conv1", "padding"),
        "resnet50.maxpool.kernel": lambda: _option("maxpool", "kernel_size"),
        "resnet50.maxpool.stride": lambda: _option("maxpool", "stride"),
        "resnet50.maxpool.padding": lambda: _option("maxpool", "padding"),
        "resnet50.layer3.0.neck": lambda: plan(NETWORK).block("layer3.0").c1,
        "resnet50.flops_short": lambda: short(FLOPS_PER_MAC * plan(NETWORK).macs),
        "bottleneck.expansion": lambda: EXPANSION,
        "bottleneck.channels": lambda: _numbers().c,
        "bottleneck.weights": lambda: _parameters(norms=False),
        "bottleneck.norms": lambda: _parameters(norms=True),
        "pair3x3.macs_short": lambda: short(_compared().rival.macs),
        "pair3x3.macs_ratio": lambda: f"{_compared().macs_ratio:.3g}",
        "pair3x3.channels": _channels,
        "versions.macs": lambda: plan(NETWORK).macs - plan(FIRST_VERSION).macs,
        "costs.layer2_1_weights": lambda: " + ".join(f"{weights:,}" for weights in branch_weights()),
        "code.forgotten": lambda: without_projection().message,
        "code.strides": _strides,
        "code.channels": lambda: plan(NETWORK).block("layer2.1").c,
        "myths.count": lambda: len(MYTHS),
    }
)
