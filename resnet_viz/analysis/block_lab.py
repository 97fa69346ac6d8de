"""A block built from its numbers and read like any network; and the same task done by two 3x3 convolutions."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Literal

import torch
from torch import nn

from resnet_viz.analysis.block_code import RIVAL, block_source, build, narrow_rival_source, rival_source
from resnet_viz.analysis.block_numbers import BlockNumbers
from resnet_viz.blueprint import read_blueprint
from resnet_viz.records import Blueprint


def read_block(numbers: BlockNumbers, stage: int = 1) -> Blueprint:
    """The blueprint of a network that is this one block, `layer<stage>.0`; its weights take no memory."""
    return _read(block_source(numbers), numbers.label, numbers, stage)


def read_rival(numbers: BlockNumbers, stage: int = 1) -> Blueprint:
    """The blueprint of a block from two 3x3 convolutions that maps the same shapes, with the same kind of shortcut."""
    return _read(rival_source(numbers), RIVAL, numbers, stage)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one convolution of a block, or all its batch norms, cost."""

    part: str
    """conv1, conv2, conv3, projection, or batchnorm for all of them together."""
    kernel: int
    """Side of its kernel; 0 for batch norm."""
    params: int
    macs: int


@dataclass(frozen=True, slots=True)
class Costs:
    """A block's parts and what they add up to."""

    design: Literal["bottleneck", "two_3x3"]
    parts: tuple[Cost, ...]
    params: int
    macs: int
    """Multiply-adds for one image."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A bottleneck beside two 3x3 convolutions that map the same shapes."""

    bottleneck: Costs
    rival: Costs

    @property
    def params_ratio(self) -> float:
        """How many times the bottleneck's parameters the two 3x3 convolutions have."""
        return self.rival.params / self.bottleneck.params

    @property
    def macs_ratio(self) -> float:
        """How many times the bottleneck's multiply-adds the two 3x3 convolutions take."""
        return self.rival.macs / self.bottleneck.macs


def compare(numbers: BlockNumbers) -> Comparison:
    """The costs of a bottleneck and of its rival, read off the two built modules."""
    return Comparison(_costs("bottleneck", read_block(numbers)), _costs("two_3x3", read_rival(numbers)))


def affordable_channels(numbers: BlockNumbers) -> int:
    """The most channels that a block of two 3x3 convolutions with an identity may have for a BTNK2's parameters.

    0 where not even one channel costs as little. Found by building such blocks, in about ten steps.
    """
    budget = _params(build_on_meta(block_source(numbers), numbers.label))
    low, high = 0, numbers.c
    while low < high:
        middle = (low + high + 1) // 2
        if _params(build_on_meta(narrow_rival_source(middle, numbers.w), RIVAL)) <= budget:
            low = middle
        else:
            high = middle - 1
    return low


def build_on_meta(source: str, name: str) -> nn.Module:
    """The module of a source text, ready for inference, with shapes and without values."""
    with torch.device("meta"):
        return build(source, name).eval()


def _read(source: str, name: str, numbers: BlockNumbers, stage: int) -> Blueprint:
    block = build_on_meta(source, name)
    network = nn.Sequential(OrderedDict([(f"layer{stage}", nn.Sequential(block))])).eval()
    return read_blueprint(network, numbers.label, numbers.w, channels=numbers.c)


def _costs(design: Literal["bottleneck", "two_3x3"], plan: Blueprint) -> Costs:
    parts = []
    for layer in plan.layers:
        if layer.kind == "conv":
            name = "projection" if ".downsample." in layer.name else layer.name.rpartition(".")[2]
            kernel = dict(layer.param_shapes)["weight"][-1]
            parts.append(Cost(name, kernel, layer.params, layer.macs))
    norms = [layer for layer in plan.layers if layer.kind == "batchnorm"]
    parts.append(Cost("batchnorm", 0, sum(norm.params for norm in norms), sum(norm.macs for norm in norms)))
    return Costs(design, tuple(parts), plan.params, plan.macs)


def _params(module: nn.Module) -> int:
    return sum(parameter.numel() for parameter in module.parameters())
