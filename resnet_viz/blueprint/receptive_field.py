"""Receptive fields: the input pixels that one output cell depends on, carried from operation to operation.

For a window of k cells, dilation d, stride s and padding p:  field' = field + (k - 1) d step,  step' = s step,  and the
first cell begins p steps earlier. Source: Araujo, Norris, Sim, "Computing receptive fields of convolutional neural
networks", Distill 2019. Where branches meet, the union counts. Borders of the image are not: a field may be wider.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from torch import nn

from resnet_viz.blueprint.layers import Operation
from resnet_viz.blueprint.options import along_width
from resnet_viz.records import Shape


@dataclass(frozen=True, slots=True)
class Field:
    """The pixels behind a feature map along one side; pixel 0 is the image's first, those before it are padding."""

    low: int
    """First pixel behind the first cell."""
    high: int
    """Last pixel behind the first cell."""
    step: int
    """Distance in pixels from one cell to the next."""
    end: int
    """Last pixel behind the last cell."""

    @property
    def size(self) -> int:
        """Pixels behind one cell."""
        return self.high - self.low + 1


def of_image(side: int) -> Field:
    """The field of the image itself: each pixel sees itself."""
    return Field(0, 0, 1, side - 1)


def union(fields: Iterable[Field]) -> Field:
    """The field where branches meet, in an addition or a concatenation: all that any of them sees."""
    found = tuple(fields)
    return Field(
        min(field.low for field in found),
        max(field.high for field in found),
        max(field.step for field in found),
        max(field.end for field in found),
    )


def behind(operation: Operation, field: Field, input_shape: Shape, output_shape: Shape) -> Field:
    """The field of an operation's output, from that of its input."""
    module = operation.module
    if isinstance(module, nn.Linear):
        # It reads the whole map, of which flattening left a vector: a number of that depends on one cell still.
        return Field(field.low, field.end, field.step, field.end)
    if isinstance(module, nn.AdaptiveAvgPool2d):
        return _adaptive(field, input_shape[-1], output_shape[-1])
    if isinstance(module, nn.Conv2d | nn.MaxPool2d | nn.AvgPool2d):
        return _window(module, field, output_shape[-1])
    return field


def _window(module: nn.Conv2d | nn.MaxPool2d | nn.AvgPool2d, field: Field, cells: int) -> Field:
    reach = (along_width(module.kernel_size) - 1) * along_width(getattr(module, "dilation", 1))
    low = field.low - _padding(module.padding, reach) * field.step
    high = low + field.size - 1 + reach * field.step
    step = field.step * along_width(module.stride)
    return Field(low, high, step, high + (cells - 1) * step)


def _adaptive(field: Field, side: int, cells: int) -> Field:
    """Cell i of an adaptive pool reads floor(i side / cells) to ceil((i + 1) side / cells); the widest counts."""
    widest = max(-((-(i + 1) * side) // cells) - i * side // cells for i in range(cells))
    return Field(field.low, field.high + (widest - 1) * field.step, field.step * max(1, side // cells), field.end)


def _padding(value: object, reach: int) -> int:
    """Padding before the first cell; PyTorch's `same` puts the smaller half of what is needed there."""
    if isinstance(value, str):
        return reach // 2 if value == "same" else 0
    return along_width(value)
