"""Numbers spelled out: how a part's parameters, multiply-adds and receptive field come about, as text that adds up.

`1x1x256x64 = 16,384` reads kernel height, kernel width, channels in, channels out. A part that has parts is their sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from math import prod
from typing import Literal

from resnet_viz.analysis.rows import shape_text
from resnet_viz.blueprint.options import along_width
from resnet_viz.records import INPUT, NETWORK, BlockRecord, Blueprint, LayerRecord, Shape, StageRecord

Part = LayerRecord | BlockRecord | StageRecord
Quantity = Literal["params", "macs"]

KERNEL_RANK = 4
"""Dimensions of a 2-d convolution's weight: out, in per group, height, width."""


def parts(plan: Blueprint, place: str) -> tuple[Part, ...]:
    """What a place is made of, one level down: stages and head, blocks and lone operations, operations. Empty for those."""
    if place == NETWORK:
        return (*plan.stages, *plan.head)
    record = plan.by_place.get(place)
    if isinstance(record, StageRecord):
        found: dict[str, Part] = {}
        for name in record.layers:
            layer = plan.layer(name)
            part = plan.block(layer.block) if layer.block else layer
            found.setdefault(part.name, part)
        return tuple(found.values())
    if isinstance(record, BlockRecord):
        return tuple(plan.layer(name) for name in record.layers)
    return ()


def spelled_sum(plan: Blueprint, place: str, quantity: Quantity) -> str:
    """The sum over the parts of a place: `75,008 + 2x70,400 = 215,808`. Parts without any are left out."""
    values = [getattr(part, quantity) for part in parts(plan, place)]
    terms = [_times(len(list(run)), value) for value, run in groupby(value for value in values if value)]
    return _equation(terms, sum(values))


def spelled_params(layer: LayerRecord) -> str:
    """An operation's parameters from the shapes of its tensors: `7x7x3x64 = 9,408`, `2048x1000 + 1000 = 2,049,000`."""
    shapes = [shape for _, shape in layer.param_shapes]
    if len(shapes) > 1 and all(len(shape) == 1 and shape == shapes[0] for shape in shapes):
        return _equation([f"{len(shapes)}x{shapes[0][0]}"], layer.params)
    return _equation([shape_text(kernel_order(shape)) for shape in shapes], layer.params)


def spelled_macs(layer: LayerRecord) -> str:
    """An operation's multiply-adds: its kernel, once for each output cell: `7x7x3x64 x 112x112 = 118,013,952`."""
    weight = dict(layer.param_shapes).get("weight")
    if not layer.macs or weight is None:
        return _equation([], layer.macs)
    cells = layer.output_shape[1:] if len(weight) == KERNEL_RANK else ()
    factors = [shape_text(kernel_order(weight)), *([shape_text(cells)] if cells else [])]
    return _equation([" x ".join(factors)], layer.macs)


def spelled_field(plan: Blueprint, layer: LayerRecord) -> str:
    """An operation's receptive field from the largest one it reads: `7 + (3-1)x2 = 11`, kernel 3 at a step of 2 pixels."""
    if "kernel_size" not in layer.options:
        return f"{layer.receptive_field:,}"
    sources = [plan.layer(name) for name in layer.inputs if name != INPUT]
    field, step = max(((source.receptive_field, source.step) for source in sources), default=(1, 1))
    reach = along_width(layer.options["kernel_size"]) - 1
    kernel = reach * along_width(layer.options.get("dilation", 1)) + 1
    return f"{field:,} + ({kernel}-1)x{step} = {layer.receptive_field:,}"


def spelled_memory(shape: Shape, nbytes: int) -> str:
    """The memory of an output: `64x112x112 x 4 = 3,211,264`, four bytes for each float32."""
    return f"{shape_text(shape)} x {nbytes // max(prod(shape), 1)} = {nbytes:,}"


def kernel_order(shape: Shape) -> Shape:
    """A weight's dimensions as papers write them: height, width, in, out; in, out for a matrix."""
    if len(shape) == KERNEL_RANK:
        out, channels, height, width = shape
        return (height, width, channels, out)
    return tuple(reversed(shape))


def _equation(terms: Sequence[str], total: int) -> str:
    return f"{' + '.join(terms)} = {total:,}" if terms and " + ".join(terms) != f"{total:,}" else f"{total:,}"


def _times(count: int, value: int) -> str:
    return f"{value:,}" if count == 1 else f"{count}x{value:,}"
