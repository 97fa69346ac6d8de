"""The article's three columns, from the blueprint: the network, a stage with its blocks, a block with its branches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from resnet_viz.errors import NetworkError
from resnet_viz.figures.block_figure import block_drawing
from resnet_viz.figures.columns import column_width, endpoint, flow, place_column, straight
from resnet_viz.figures.dot import to_dot
from resnet_viz.figures.drawing import Box, Drawing, Line, Look, Placed, tuple_text
from resnet_viz.figures.graph_render import render
from resnet_viz.figures.operations import operation_box
from resnet_viz.records import INPUT, BlockRecord, Blueprint, LayerRecord, StageRecord

__all__ = ["block_figure", "figure", "overview", "render", "stage_figure"]

_IN_ONE_COLUMN = 8
"""Blocks of a stage that stand below each other; more of them stand in rows."""

_PER_ROW = 3
_GAP = 18.0
_SPREAD = 9.0
"""What the gap between blocks grows by, for shortcuts to leave and to come back."""

_EAR = 11.0
"""How far a shortcut reaches out beside its block."""


def figure(plan: Blueprint, view: str) -> str:
    """The DOT of a view: `overview`, a stage (`stage1`) or a block (`layer2.0`).

    Raises NetworkError `unknown_place` for another view.
    """
    if view == "overview":
        return overview(plan)
    record = plan.by_place.get(view)
    if isinstance(record, StageRecord):
        return stage_figure(plan, record.number)
    if isinstance(record, BlockRecord):
        return block_figure(plan, view)
    raise NetworkError("unknown_place", place=view, network=plan.network)


def overview(plan: Blueprint) -> str:
    """The whole network as DOT: input, stages, and what is behind the last stage, each with its (C,H,W)."""
    boxes = [
        Box(INPUT, "INPUT", note=tuple_text(plan.input_shape), look="soft"),
        *(_stage_box(plan, stage) for stage in plan.stages),
        *(_head_box(layer) for layer in plan.head),
    ]
    placed = place_column(boxes, 0, 0, column_width(boxes))
    return to_dot(Drawing(tuple(placed), tuple(flow(placed))))


def stage_figure(plan: Blueprint, number: int) -> str:
    """A stage as DOT: its blocks one by one, or its operations.

    Raises NetworkError `unknown_place`.
    """
    stage = plan.stage(f"stage{number}")
    entry = endpoint("x", stage.input_shape)
    leave = endpoint("y", stage.output_shape)
    if len(stage.blocks) > _IN_ONE_COLUMN:
        return to_dot(_rows(plan, stage))
    boxes = [entry, *_stage_items(plan, stage), leave]
    shortcuts = any(plan.block(name).shortcut != "none" for name in stage.blocks)
    placed = place_column(boxes, 0, 0, column_width(boxes), spread=_SPREAD if shortcuts else 0)
    marks, ears = _ears(plan, placed)
    return to_dot(Drawing((*placed, *marks), (*flow(placed), *ears)))


def block_figure(plan: Blueprint, name: str) -> str:
    """The inside of a block as DOT: its branches and where they join.

    Raises NetworkError `unknown_place`.
    """
    return to_dot(block_drawing(plan, name))


def _stage_box(plan: Blueprint, stage: StageRecord) -> Box:
    """A stage of the overview, with what it contains: `BTNK1 x1, BTNK2 x2`, `CONV 7x7, MAXPOOL 3x3`."""
    labels = [box.title.split(",")[0] for box in _stage_items(plan, stage) if box.look != "pale"]
    blocks = {plan.block(name).label for name in stage.blocks}
    counts = {label: labels.count(label) for label in labels}
    contents = ", ".join(
        f"{label} x{count}" if count > 1 or label in blocks else label for label, count in counts.items()
    )
    title = f"STAGE {stage.number}"
    return Box(stage.name, title, note=tuple_text(stage.output_shape), second=contents, stage=stage.number)


def _head_box(layer: LayerRecord) -> Box:
    """An operation behind the last stage, on one line."""
    return replace(operation_box(layer), second="", note=tuple_text(layer.output_shape))


def _stage_items(plan: Blueprint, stage: StageRecord) -> list[Box]:
    """Boxes of a stage in order: a block counts as one, an operation outside of blocks as itself."""
    items = []
    for name, _ in groupby(stage.layers, key=lambda place: plan.layer(place).block or place):
        record = plan.by_place[name]
        items.append(_block_box(record) if isinstance(record, BlockRecord) else operation_box(plan.layer(name)))
    return items


def _block_box(block: BlockRecord) -> Box:
    """A block of a stage, with the four numbers that say how it is built; an inception module has but two."""
    numbers = [("C", block.c), ("W", block.w)]
    if block.kind != "inception":
        numbers += [("C1", block.c1), ("S", block.s)]
    second = ", ".join(f"{name}={value}" for name, value in numbers)
    # The first block of a stage changes the shape, and is drawn stronger than those that keep it.
    look: Look = "strong" if block.input_shape != block.output_shape else "soft"
    note = tuple_text(block.output_shape)
    return Box(block.name, block.label, note=note, aside=block.name, second=second, look=look, stage=block.stage)


def _ears(plan: Blueprint, placed: Sequence[Placed]) -> tuple[list[Placed], list[Line]]:
    """The shortcut of each block beside it; the mark on it is a projection."""
    marks, lines = [], []
    for before, here in pairwise(placed):
        record = plan.by_place.get(here.box.name)
        if not isinstance(record, BlockRecord) or record.shortcut == "none" or record.kind == "inception":
            continue
        side, above, below = here.x + here.width / 2 + _EAR, here.y - 13, here.bottom[1] + 6
        corners = ((here.x, above), (side, above), (side, below), (here.x, below))
        lines.append(Line(before.box.name, here.box.name, corners, stage=record.stage))
        if record.shortcut == "projection":
            mark = Box(f"{record.name} projection", "", look="mark", stage=record.stage)
            marks.append(Placed(mark, side, here.centre[1] - mark.height / 2, mark.width))
    return marks, lines


def _rows(plan: Blueprint, stage: StageRecord) -> Drawing:
    """Many blocks in rows that turn at their ends, so that every arrow is as short as in a column.

    What all blocks of one label share is said once, above them.
    """
    items = _stage_items(plan, stage)
    cells = [replace(box, second=box.aside, aside="", note="") for box in items]
    width = max(box.width for box in cells)
    kinds = {box.title: f"{box.title}: {box.second}, {box.note}" for box in reversed(items)}
    legend = [Box(f"about {title}", text, look="label") for title, text in reversed(kinds.items())]
    middle = (_PER_ROW - 1) * (width + _GAP) / 2
    placed = [Placed(box, middle, index * 16, box.width) for index, box in enumerate(legend)]
    top = placed[-1].bottom[1] + 4
    grid: list[Placed] = []
    for index, box in enumerate(cells):
        row, column = divmod(index, _PER_ROW)
        x = (column if row % 2 == 0 else _PER_ROW - 1 - column) * (width + _GAP)
        grid.append(Placed(box, x, top + row * (box.height + _GAP), width))
    lines = [_turn(one, other) for one, other in pairwise(grid)]
    return Drawing((*placed, *grid), tuple(lines))


def _turn(one: Placed, other: Placed) -> Line:
    """From a cell to the next, beside it or below it."""
    if one.x == other.x:
        return straight(one, other)
    way = 1 if other.x > one.x else -1
    points = ((one.x + way * one.width / 2, one.centre[1]), (other.x - way * other.width / 2, other.centre[1]))
    return Line(one.box.name, other.box.name, points)
