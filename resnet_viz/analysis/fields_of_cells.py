"""Which pixels a cell of a map can see, by structure alone and by the gradient, and over which ways it sees them.

By structure: a window of k cells, dilation d, stride s and padding p reads cells i s - p to i s - p + (k - 1) d of the map
before it, without those that are padding; followed from the picture on, each cell has a first and a last pixel along a
side. By the gradient: Luo et al., "Understanding the effective receptive field in deep CNNs", NeurIPS 2016.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from resnet_viz.analysis.backward import carry_back
from resnet_viz.analysis.heatmaps import is_vector
from resnet_viz.blueprint.options import along_width
from resnet_viz.errors import NetworkError
from resnet_viz.forward.run import Program, value
from resnet_viz.records import INPUT, Activations, Blueprint, LayerRecord

Span = tuple[int, int]
"""First and last of a row of pixels or cells, both part of it."""
Spans = npt.NDArray[np.int64]
"""(cells, 2): for each cell along one side its first and last pixel; the last before the first where it sees none."""


@dataclass(frozen=True, slots=True)
class Way:
    """One of the ways from the picture to a map."""

    operations: tuple[str, ...]
    convolutions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ways:
    """All ways from the picture to a map."""

    shortest: Way
    """The one with the fewest convolutions; at a tie the first of the network's."""
    longest: Way
    count: int


def spans(plan: Blueprint, place: str, way: Way | None = None) -> Spans:
    """The pixels that each cell of a map sees, along a side: pictures and windows are square. Of one way, or of all.

    Raises NetworkError `unknown_place`, ValueError for a place that puts out a vector.
    """
    here = _output(plan, place)
    found: dict[str, Spans] = {INPUT: np.repeat(np.arange(plan.size)[:, None], 2, axis=1)}
    on_way = None if way is None else {INPUT, *way.operations}
    for layer in plan.layers[: _behind(plan, here)]:
        inputs = [name for name in layer.inputs if name in found and (on_way is None or name in on_way)]
        if inputs and len(layer.output_shape) == 3 and (on_way is None or layer.name in on_way):
            found[layer.name] = _through(layer, _union([found[name] for name in inputs]))
    if here not in found:
        raise ValueError(f"{place} puts out a vector, which has no cells")
    return found[here]


def seen_by(of_cells: Spans, pixel: int) -> Span | None:
    """First and last cell along a side that see a pixel; None where its row or column is left out."""
    cells = np.flatnonzero((of_cells[:, 0] <= pixel) & (pixel <= of_cells[:, 1]))
    return (int(cells[0]), int(cells[-1])) if len(cells) else None


def ways(plan: Blueprint, place: str) -> Ways:
    """The shortest and the longest way to a place, and how many there are. Raises NetworkError `unknown_place`."""
    here = _output(plan, place)
    shortest, longest, count = {INPUT: Way((), ())}, {INPUT: Way((), ())}, {INPUT: 1}
    for layer in plan.layers[: _behind(plan, here)]:
        least = min((shortest[name] for name in layer.inputs), key=lambda way: len(way.convolutions))
        most = max((longest[name] for name in layer.inputs), key=lambda way: len(way.convolutions))
        shortest[layer.name], longest[layer.name] = _on(least, layer), _on(most, layer)
        count[layer.name] = sum(count[name] for name in layer.inputs)
    return Ways(shortest[here], longest[here], count[here])


def effective(program: Program, kept: Activations, place: str, row: int, column: int) -> npt.NDArray[np.float32]:
    """|d cell / d pixel|, added up over the colours, (H, W): how much the cell's mean over channels follows each pixel.

    Raises NetworkError `unknown_place`, ValueError for a vector or for a cell that the map does not have.
    """
    output = value(program, kept, place)
    if is_vector(output):
        raise ValueError(f"{place} puts out a vector, which has no cells")
    high, wide = output.shape[2:]
    if not (0 <= row < high and 0 <= column < wide):
        raise ValueError(f"row {row}, column {column} of {high} x {wide} cells")
    here = program.outputs.get(place, place)
    seed = torch.zeros_like(output)
    seed[0, :, row, column] = 1 / output.shape[1]
    found = carry_back(program, {**kept.kept, here: output}, seed, INPUT, here)[INPUT]
    return found[0].abs().sum(0).float().numpy()


def box_of(field: npt.NDArray[np.float32]) -> tuple[Span, Span] | None:
    """The rows and columns outside of which a field is zero; None where it is zero everywhere."""
    rows, columns = (np.flatnonzero(field.any(axis=axis)) for axis in (1, 0))
    return ((int(rows[0]), int(rows[-1])), (int(columns[0]), int(columns[-1]))) if len(rows) else None


def half_of(field: npt.NDArray[np.float32]) -> int:
    """The smallest number of pixels that hold half of a field's sum; 0 where it is zero everywhere."""
    largest_first = np.sort(field.ravel().astype(np.float64))[::-1]
    total = np.cumsum(largest_first)
    return int(np.searchsorted(total, total[-1] / 2)) + 1 if total[-1] > 0 else 0


def _through(layer: LayerRecord, before: Spans) -> Spans:
    """The spans of an operation's cells, from those of the cells that it reads."""
    count, options = layer.output_shape[-1], layer.options
    cells = np.arange(count)
    if "kernel_size" in options:
        reach = (along_width(options["kernel_size"]) - 1) * along_width(options.get("dilation", 1))
        first = cells * along_width(options["stride"]) - _padding(options["padding"], reach)
        last = first + reach
    elif "output_size" in options:
        first, last = cells * len(before) // count, -((-(cells + 1) * len(before)) // count) - 1
    else:
        return before
    first, last = np.maximum(first, 0), np.minimum(last, len(before) - 1)
    # A window wholly on padding sees nothing. Spans grow from cell to cell, so the two ends are those of the whole.
    ends = np.stack([before[np.minimum(first, len(before) - 1), 0], before[np.maximum(last, 0), 1]], axis=1)
    return np.where((first <= last)[:, None], ends, (1, 0))


def _union(of_inputs: Sequence[Spans]) -> Spans:
    stacked = np.stack(of_inputs)
    return np.stack([stacked[:, :, 0].min(0), stacked[:, :, 1].max(0)], axis=1)


def _padding(given: object, reach: int) -> int:
    """Cells of padding before the first one; `same` puts the smaller half of what is needed there."""
    if isinstance(given, str):
        return reach // 2 if given == "same" else 0
    return along_width(given)


def _on(way: Way, layer: LayerRecord) -> Way:
    convolutions = (*way.convolutions, layer.name) if layer.kind == "conv" else way.convolutions
    return Way((*way.operations, layer.name), convolutions)


def _output(plan: Blueprint, place: str) -> str:
    """The operation whose output is a place's."""
    if place == INPUT:
        return INPUT
    record = plan.by_place.get(place)
    if record is None:
        raise NetworkError("unknown_place", place=place, network=plan.network)
    return record.name if isinstance(record, LayerRecord) else record.output


def _behind(plan: Blueprint, operation: str) -> int:
    """The number of operations up to this one, itself included."""
    return next((n + 1 for n, layer in enumerate(plan.layers) if layer.name == operation), 0)
