"""The inside of a block: its branches side by side, between what they share and where they join.

A residual block's record says what is on its branch and on its shortcut; a shortcut without an operation is the identity.
The branches of an inception module are read off the edges: its join is its one operation with several inputs, and each
input, followed back to the block's entry, is a branch. A block without a join is one column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from resnet_viz.figures.columns import STEP, column_height, column_width, endpoint, flow, place_column
from resnet_viz.figures.drawing import Box, Drawing, Line, Placed
from resnet_viz.figures.operations import operation_box
from resnet_viz.records import Blueprint, LayerRecord

_APART = 18.0
"""Gap between branches in points."""

_BUS = 14.0
"""Height that lines take above the branches to spread, and below them to come together."""


def block_drawing(plan: Blueprint, name: str) -> Drawing:
    """A block from its input to its output. Raises NetworkError `unknown_place`."""
    block = plan.block(name)
    layers = [plan.layer(place) for place in block.layers]
    entry = endpoint("x", block.input_shape)
    leave = endpoint("y", block.output_shape)
    join = next((layer for layer in layers if len(layer.inputs) > 1), None)
    if join is None:
        return _one_column([entry, *map(operation_box, layers), leave])
    tail = [*(operation_box(layer) for layer in layers[layers.index(join) + 1 :]), leave]
    rest = [operation_box(join), *tail]
    if join.kind == "add":
        residual, shortcut = ([plan.layer(place) for place in path] for path in (block.branch, block.projection))
        return _residual(entry, residual, shortcut, rest)
    inside = {layer.name: layer for layer in layers}
    return _parallel(entry, [_back(inside, place) for place in join.inputs], rest)


def _back(inside: Mapping[str, LayerRecord], place: str) -> list[LayerRecord]:
    """The operations that lead to a place, in order, from the entry of the block on."""
    found: list[LayerRecord] = []
    while place in inside:
        found.insert(0, inside[place])
        place = inside[place].inputs[0]
    return found


def _one_column(boxes: Sequence[Box]) -> Drawing:
    width = column_width(boxes)
    placed = place_column(boxes, 0, 0, width)
    return Drawing(tuple(placed), tuple(flow(placed)))


def _residual(
    entry: Box, residual: Sequence[LayerRecord], shortcut: Sequence[LayerRecord], rest: Sequence[Box]
) -> Drawing:
    """The residual branch straight down into the addition, the shortcut on its right."""
    main = [entry, *map(operation_box, residual), *rest]
    width = column_width(main)
    placed = place_column(main, 0, 0, width)
    placed = _lower(placed, 1, _BUS)
    join = placed[1 + len(residual)]
    fork = (0.0, entry.height + 3)
    side = [operation_box(layer) for layer in shortcut] or [Box("identity", "identity", look="label")]
    side_width, stage = column_width(side, least=58), rest[0].stage
    x = width / 2 + _APART + side_width / 2
    middle = (placed[1].y + placed[len(residual)].bottom[1]) / 2
    beside = place_column(side, x, middle - column_height(side) / 2, side_width)
    into = (join.x + join.width / 2, join.centre[1])
    lines = [
        *flow(placed),
        Line(entry.name, side[0].name, (fork, (x, fork[1]), beside[0].top), arrow=bool(shortcut), stage=stage),
        *(replace(line, stage=stage) for line in flow(beside)),
        Line(side[-1].name, join.box.name, (beside[-1].bottom, (x, into[1]), into), stage=stage),
    ]
    return Drawing((*placed, *beside), tuple(lines))


def _parallel(entry: Box, branches: Sequence[Sequence[LayerRecord]], rest: Sequence[Box]) -> Drawing:
    """Any number of branches between an input and a join that reach over all of them."""
    columns = [[_narrow(operation_box(layer)) for layer in branch] for branch in branches]
    width = max(column_width(column) for column in columns)
    apart = _APART / 2
    total = len(columns) * width + (len(columns) - 1) * apart
    top = entry.height + 2 * _BUS
    bottom = top + max(column_height(column) for column in columns) + STEP
    bus = entry.height + _BUS
    joined = place_column(rest, 0, bottom, total)
    boxes, lines = [Placed(entry, 0, 0, entry.width), *joined], flow(joined)
    for index, column in enumerate(columns):
        x = (width - total) / 2 + index * (width + apart)
        placed = place_column(column, x, top, width)
        first = Line(entry.name, column[0].name, ((0, entry.height), (0, bus), (x, bus), placed[0].top))
        last = Line(column[-1].name, rest[0].name, (placed[-1].bottom, (x, bottom)))
        boxes += placed
        lines += [first, *flow(placed), last]
    return Drawing(tuple(boxes), tuple(lines))


def _narrow(box: Box) -> Box:
    """A box without the shape where it is that of the convolution above it: four columns must fit side by side."""
    return replace(box, note="")


def _lower(placed: Sequence[Placed], start: int, by: float) -> list[Placed]:
    return [*placed[:start], *(replace(box, y=box.y + by) for box in placed[start:])]
