"""What a network is made of, read off the live module: operations, blocks, stages, and all of it at one input size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from resnet_viz.errors import NetworkError

Shape = tuple[int, ...]
"""A tensor's shape without its batch dimension."""

INPUT = "input"
"""The place of the image itself."""

NETWORK = "network"
"""The place that stands for the whole network: nothing in particular is selected."""


@dataclass(frozen=True, slots=True)
class LayerRecord:
    """One operation of a network, at one input size."""

    name: str
    """Its place, unique in the network: `layer3.2.conv2`, `layer1.0.relu_1`, `layer1.0.add`."""
    kind: str
    """conv, batchnorm, relu, maxpool, avgpool, linear, add, concat, flatten, dropout, tanh, ..."""
    module: str | None
    """Path of the module that runs here (`layer1.0.relu` for `layer1.0.relu_1`); None for a function."""
    stage: int | None
    """Number of its stage, None behind the last (pooling and classifier)."""
    block: str | None
    """Place of its block, `layer3.2`; None outside of blocks."""
    inputs: tuple[str, ...]
    """Places of the operations whose outputs it reads, `input` for the image."""
    input_shapes: tuple[Shape, ...]
    output_shape: Shape
    param_shapes: tuple[tuple[str, Shape], ...]
    """Names and shapes of its own parameters: `(("weight", (64, 3, 7, 7)),)`."""
    params: int
    macs: int
    """Multiply-adds of convolutions and linear layers for one image; 0 for all else, as papers count."""
    activation_bytes: int
    """Memory of its output in float32, in bytes."""
    receptive_field: int
    """Side of the square of input pixels that one output cell depends on."""
    step: int
    """Distance in input pixels between neighbouring output cells (the effective stride)."""
    options: Mapping[str, object] = field(default_factory=dict)
    """What built it, as the module says: kernel_size, stride, padding, groups, bias, in_features, p, ..."""
    code: str = ""
    """The PyTorch expression that builds it: `nn.Conv2d(3, 64, kernel_size=(7, 7), ...)`."""


@dataclass(frozen=True, slots=True)
class BlockRecord:
    """One block: a bottleneck, a basic block, or an inception module."""

    name: str
    """Its place, `layer3.2`."""
    kind: Literal["bottleneck", "basic", "inception"]
    shortcut: Literal["identity", "projection", "none"]
    label: str
    """What diagrams call it: BTNK1, BTNK2, BASIC, PLAIN, INCEPTION."""
    stage: int
    index: int
    """Its number in its stage, from 0."""
    layers: tuple[str, ...]
    """Places of all its operations, in order."""
    branch: tuple[str, ...]
    """Places on the residual branch F(x), without the addition and the last ReLU. Empty for inception."""
    projection: tuple[str, ...]
    """Places on the projection shortcut: 1x1 convolution and batch norm; empty for an identity."""
    source: str
    """Place whose output is the block's input x."""
    output: str
    """Place whose output is the block's output."""
    c: int
    """C: channels that come in."""
    w: int
    """W: side of the feature map that comes in."""
    c1: int
    """C1: channels of its first convolution."""
    s: int
    """S: stride of the block."""
    input_shape: Shape
    output_shape: Shape
    params: int
    macs: int


@dataclass(frozen=True, slots=True)
class StageRecord:
    """A stage: the operations and blocks that share one resolution in the article's figure."""

    number: int
    layers: tuple[str, ...]
    blocks: tuple[str, ...]
    """Places of its blocks, in order; empty for the stem and for networks without blocks."""
    output: str
    """Place whose output is the stage's output."""
    input_shape: Shape
    output_shape: Shape
    params: int
    macs: int
    activation_bytes: int
    receptive_field: int
    step: int

    @property
    def name(self) -> str:
        """The stage's place, `stage1`."""
        return f"stage{self.number}"


@dataclass(frozen=True)
class Blueprint:
    """A network at one input size, read off the live module: operations in order, edges, blocks and stages."""

    network: str
    size: int
    input_shape: Shape
    layers: tuple[LayerRecord, ...]
    blocks: tuple[BlockRecord, ...]
    stages: tuple[StageRecord, ...]
    depth: int
    """Weighted layers on the longest path from input to output."""

    @cached_property
    def by_place(self) -> Mapping[str, LayerRecord | BlockRecord | StageRecord]:
        """Every record that can be selected, by its place."""
        return {r.name: r for rows in (self.stages, self.blocks, self.layers) for r in rows}

    @cached_property
    def head(self) -> tuple[LayerRecord, ...]:
        """Operations behind the last stage: pooling and classifier."""
        return tuple(layer for layer in self.layers if layer.stage is None)

    @cached_property
    def places(self) -> tuple[str, ...]:
        """All places in the order of the figure: the network, the input, then each stage, block and operation."""
        found: dict[str, None] = {NETWORK: None, INPUT: None}
        for layer in self.layers:
            if layer.stage is not None:
                found.setdefault(f"stage{layer.stage}")
            if layer.block is not None:
                found.setdefault(layer.block)
            found.setdefault(layer.name)
        return tuple(found)

    def layer(self, name: str) -> LayerRecord:
        """The operation at a place. Raises NetworkError `unknown_place`."""
        record = self.by_place.get(name)
        if not isinstance(record, LayerRecord):
            raise NetworkError("unknown_place", place=name, network=self.network)
        return record

    def block(self, name: str) -> BlockRecord:
        """The block at a place. Raises NetworkError `unknown_place`."""
        record = self.by_place.get(name)
        if not isinstance(record, BlockRecord):
            raise NetworkError("unknown_place", place=name, network=self.network)
        return record

    def stage(self, name: str) -> StageRecord:
        """The stage at a place such as `stage1`. Raises NetworkError `unknown_place`."""
        record = self.by_place.get(name)
        if not isinstance(record, StageRecord):
            raise NetworkError("unknown_place", place=name, network=self.network)
        return record

    @cached_property
    def params(self) -> int:
        """Parameters of the whole network."""
        return sum(layer.params for layer in self.layers)

    @cached_property
    def macs(self) -> int:
        """Multiply-adds of the whole network for one image."""
        return sum(layer.macs for layer in self.layers)
