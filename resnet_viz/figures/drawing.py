"""A drawing: boxes and lines at fixed places.

Measures are points (1/72 inch), x to the right and y down. Graphviz draws; where things stand is decided before, so
that shortcuts turn at right angles, columns are aligned, and the same network always looks the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from PIL import ImageFont

from resnet_viz.figures.graph_render import FONTS

Look = Literal["strong", "soft", "pale", "label", "sum", "mark"]
"""strong: a stage, a block that changes the shape, a weighted operation; soft: a pooling, a block that keeps the shape;
pale: what only rescales or cuts; sum: the addition; mark: a projection; label: text without a box."""

Point = tuple[float, float]

TITLE_SIZE, NOTE_SIZE = 13.0, 11.0
PADDING = 9.0
_SLACK = 1.06
"""Room for a browser whose letters are wider than those measured here."""

_MEASURED_AT = 100
_FIXED: dict[Look, tuple[float, float]] = {"sum": (28, 28), "mark": (8, 14)}


@dataclass(frozen=True, slots=True)
class Box:
    """What stands in a box: a title, something muted beside it, a note at the right end, and a second line."""

    name: str
    """The place that it stands for; for a label any name that no other box has."""
    title: str
    note: str = ""
    aside: str = ""
    second: str = ""
    look: Look = "strong"
    stage: int | None = None

    @property
    def height(self) -> float:
        """Height in points."""
        if self.look in _FIXED:
            return _FIXED[self.look][1]
        return 40 if self.second else 24

    @property
    def width(self) -> float:
        """Least width in points."""
        if self.look in _FIXED:
            return _FIXED[self.look][0]
        label = self.look == "label"
        first = text_width(self.title, NOTE_SIZE if label else TITLE_SIZE, bold=not label)
        first += text_width(self.aside, NOTE_SIZE) + 6 if self.aside else 0
        first += text_width(self.note, NOTE_SIZE) + 12 if self.note else 0
        return max(first, text_width(self.second, NOTE_SIZE)) * _SLACK + 2 * PADDING


@dataclass(frozen=True, slots=True)
class Placed:
    """A box in its place."""

    box: Box
    x: float
    """Its middle."""
    y: float
    """Its upper edge."""
    width: float

    @property
    def top(self) -> Point:
        """Middle of its upper edge."""
        return self.x, self.y

    @property
    def bottom(self) -> Point:
        """Middle of its lower edge."""
        return self.x, self.y + self.box.height

    @property
    def centre(self) -> Point:
        """Its middle in both directions."""
        return self.x, self.y + self.box.height / 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line from box to box through corners, with or without an arrowhead at its end."""

    tail: str
    head: str
    points: tuple[Point, ...]
    arrow: bool = True
    stage: int | None = None
    """Of a shortcut, whose colour it takes; None for the flow."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes and the lines between them."""

    boxes: tuple[Placed, ...]
    lines: tuple[Line, ...]


def tuple_text(shape: Sequence[int]) -> str:
    """A shape as diagrams write it: `(64,56,56)`."""
    return f"({','.join(map(str, shape))})"


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width of a line of text in points."""
    return _font(bold).getlength(text) * size / _MEASURED_AT


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"SourceSans3-{'Semibold' if bold else 'Regular'}.otf", _MEASURED_AT)
