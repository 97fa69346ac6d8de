"""The numbers of a convolution: its kernels, how they move, and which one lies behind a place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from torch import Tensor, nn

from resnet_viz.analysis.heatmaps import heatmap_of
from resnet_viz.forward.program import Program
from resnet_viz.records import BlockRecord, Blueprint, Heatmap, LayerRecord, StageRecord

Weights = npt.NDArray[np.float32]
Pair = tuple[int, int]
"""Along the height and along the width."""


@dataclass(frozen=True, slots=True)
class Convolution:
    """A convolution as trained; nothing may be written to its arrays, which are the network's own."""

    place: str
    weight: Weights
    """(output channels, input channels of its group, height, width)."""
    bias: Weights | None
    stride: Pair
    padding: Pair
    dilation: Pair
    groups: int

    @property
    def size(self) -> Pair:
        """Height and width of a kernel, in cells."""
        return self.weight.shape[2], self.weight.shape[3]

    def inputs_of(self, channel: int) -> range:
        """The input channels that an output channel reads: all of them, but for grouped convolutions."""
        outputs, inputs = self.weight.shape[:2]
        first = channel // (outputs // self.groups) * inputs
        return range(first, first + inputs)


def convolution(program: Program, place: str) -> Convolution:
    """The convolution at a place. Raises ValueError for any other operation."""
    step = program.steps.get(place)
    module = step.module if step is not None else None
    if not isinstance(module, nn.Conv2d) or module.padding_mode != "zeros" or isinstance(module.padding, str):
        raise ValueError(f"no convolution with zeros around it: {place} of {program.network}")
    return Convolution(
        place=place,
        weight=_read_only(module.weight),
        bias=None if module.bias is None else _read_only(module.bias),
        stride=(module.stride[0], module.stride[1]),
        padding=(module.padding[0], module.padding[1]),
        dilation=(module.dilation[0], module.dilation[1]),
        groups=module.groups,
    )


def convolution_behind(plan: Blueprint, place: str) -> str:
    """The convolution at a place; the last one before it on the main path, or the first of all where there is none."""
    record = plan.by_place.get(place)
    if isinstance(record, BlockRecord | StageRecord):
        record = plan.layer(record.output)
    while isinstance(record, LayerRecord) and record.kind != "conv":
        record = plan.by_place.get(record.inputs[0])
    return record.name if isinstance(record, LayerRecord) else next(_convolutions(plan.layers))


def convolutions_near(plan: Blueprint, conv: str) -> tuple[str, ...]:
    """The convolutions of the block of one, itself among them; outside of blocks, those of its stage."""
    here = plan.layer(conv)
    return tuple(
        _convolutions(
            layer
            for layer in plan.layers
            if layer.block == here.block and (here.block is not None or layer.stage == here.stage)
        )
    )


def strength(weight: Weights) -> Weights:
    """How strongly each output channel (rows) reads each input channel (columns).

    The weight itself for 1x1 kernels, which may be below zero; else the kernel's L2 norm.
    """
    if weight.shape[2:] == (1, 1):
        return weight[:, :, 0, 0]
    norms: Weights = np.sqrt(np.square(weight, dtype=np.float64).sum((2, 3))).astype(np.float32)
    return norms


def weight_map(place: str, name: str, values: Weights) -> Heatmap:
    """Weights, or norms of kernels, (rows, columns) as a map: signed where any is below zero."""
    return heatmap_of(place, name, values, signed=bool((values < 0).any()))


def _convolutions(layers: Iterable[LayerRecord]) -> Iterator[str]:
    return (layer.name for layer in layers if layer.kind == "conv")


def _read_only(tensor: Tensor) -> Weights:
    array: Weights = tensor.detach().numpy().view()
    array.setflags(write=False)
    return array
