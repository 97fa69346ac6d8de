"""Receptive field and step, carried forward from operation to operation.

field' = field + (kernel - 1) * step, step' = step * stride, with kernel counted with its dilation. Where branches meet
(an addition, a concatenation) the widest counts. Source of the recurrence: Araujo et al., Distill 2019.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from torch import nn

from resnet_viz.records import Shape


class Field(NamedTuple):
    """Side of the square of input pixels behind one cell, and the distance between neighbours, in pixels."""

    size: int
    step: int


def merge(fields: Iterable[Field]) -> Field:
    """The field where branches meet: the widest, at the coarsest step."""
    fields = tuple(fields)
    return Field(max(f.size for f in fields), max(f.step for f in fields))


def through(module: nn.Module | None, field: Field, input_shape: Shape) -> Field:
    """The field behind an operation that reads `input_shape`, (C, H, W) or (N,)."""
    if isinstance(module, nn.AdaptiveAvgPool2d):
        side = input_shape[-1]
        output = module.output_size if isinstance(module.output_size, int) else module.output_size[-1]
        # Cell i of an adaptive pool reads from floor(i side / output) to ceil((i + 1) side / output).
        kernel = max(-(-(i + 1) * side // output) - i * side // output for i in range(output or side))
        return Field(field.size + (kernel - 1) * field.step, field.step * max(1, side // (output or side)))
    if not isinstance(module, nn.Conv2d | nn.MaxPool2d | nn.AvgPool2d):
        return field
    kernel, stride = _last(module.kernel_size), _last(module.stride)
    dilation = _last(getattr(module, "dilation", 1))
    return Field(field.size + dilation * (kernel - 1) * field.step, field.step * stride)


def flattened(field: Field, input_shape: Shape) -> Field:
    """The field of a vector made of a whole map: all cells of it together, (side - 1) steps wider."""
    side = input_shape[-1] if len(input_shape) == 3 else 1
    return Field(field.size + (side - 1) * field.step, field.step * side)


def _last(value: int | tuple[int, ...]) -> int:
    return value if isinstance(value, int) else value[-1]
