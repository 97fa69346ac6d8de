"""Boxes below each other: where they stand, and the lines of the flow between them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from resnet_viz.figures.drawing import Box, Line, Placed, tuple_text
from resnet_viz.records import Shape

STEP = 15.0
"""Gap with an arrow, between two groups of boxes."""

JOINT = 5.0
"""Gap between a convolution and what only rescales or cuts its output: they are one group."""


def endpoint(name: str, shape: Shape) -> Box:
    """What goes into a drawing (`x`) or comes out of it (`y`), as a label without a box."""
    return Box(name, f"{name} {tuple_text(shape)}", look="label")


def gap(upper: Box, lower: Box) -> float:
    """Gap between two boxes in points."""
    if upper.look == "label" or lower.look == "label":
        return STEP
    return JOINT if lower.look == "pale" and upper.look in ("strong", "pale") else STEP


def column_width(boxes: Sequence[Box], least: float = 0.0) -> float:
    """Width at which every box of a column has room."""
    return max([least, *(box.width for box in boxes if box.look not in ("sum", "label"))])


def column_height(boxes: Sequence[Box]) -> float:
    """Height of a column with its gaps."""
    gaps = sum(gap(upper, lower) for upper, lower in pairwise(boxes))
    return sum(box.height for box in boxes) + gaps


def place_column(boxes: Sequence[Box], x: float, y: float, width: float, spread: float = 0.0) -> list[Placed]:
    """Boxes below each other in a column around `x`, from `y` down, `spread` farther apart than they need to be.

    Labels and sums keep their own width.
    """
    placed: list[Placed] = []
    for box in boxes:
        if placed:
            y += gap(placed[-1].box, box) + spread
        placed.append(Placed(box, x, y, box.width if box.look in ("sum", "label") else width))
        y += box.height
    return placed


def flow(placed: Sequence[Placed]) -> list[Line]:
    """Lines from each box to the next below it; no arrowhead where the gap has no room for one."""
    return [straight(upper, lower) for upper, lower in pairwise(placed)]


def straight(upper: Placed, lower: Placed) -> Line:
    """The line from a box straight down to one below it."""
    end = (upper.bottom[0], lower.y)
    return Line(upper.box.name, lower.box.name, (upper.bottom, end), arrow=lower.y - upper.bottom[1] > JOINT)
