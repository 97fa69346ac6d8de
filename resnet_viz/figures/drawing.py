"""A drawing of boxes and lines at fixed places, and its DOT.

Measures are points (1/72 inch), x to the right and y down. Graphviz draws; where things stand is decided here, so that shortcuts turn
at right angles, columns are aligned, and the same network always looks the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Literal

import graphviz
from PIL import ImageFont

from resnet_viz.figures.graph_render import FONT, FONTS
from resnet_viz.figures.palette import INK, MUTED, stage_color, tint

Look = Literal["strong", "soft", "pale", "label", "sum", "mark"]
"""strong: a stage, block or weighted operation; soft: a pooling; pale: what only rescales or cuts; sum: the addition; mark: a projection; label: no box."""

Point = tuple[float, float]

TITLE_SIZE, NOTE_SIZE = 13.0, 11.0
PADDING = 9.0
_SLACK = 1.06
"""Room for a browser whose letters are wider than those measured here."""

_TINTS: dict[Look, float] = {"strong": 0.26, "soft": 0.14, "pale": 0.06, "sum": 0.26, "label": 0.0, "mark": 1.0}
_FIXED: dict[Look, tuple[float, float]] = {"sum": (28, 28), "mark": (8, 14)}
_CORNER = 7.0
_LINE = "#5a6675"


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

    @property
    def look(self) -> str:
        """Its class in the SVG."""
        return "flow" if self.stage is None else f"shortcut stage{self.stage}"


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes and the lines between them."""

    boxes: tuple[Placed, ...]
    lines: tuple[Line, ...]

    def dot(self) -> str:
        """The drawing as DOT, positions included."""
        graph = graphviz.Digraph(
            graph_attr={"bgcolor": "transparent", "pad": "0.06"},
            node_attr={
                "fontname": FONT,
                "fontsize": f"{TITLE_SIZE:g}",
                "fontcolor": INK,
                "fixedsize": "true",
                "margin": "0",
            },
            edge_attr={"color": _LINE, "arrowsize": "0.55"},
        )
        for placed in self.boxes:
            graph.node(placed.box.name, **_node(placed))
        for line in self.lines:
            end = {} if line.arrow else {"arrowhead": "none"}
            # `class` is a word of Python's, so it cannot be written as a keyword.
            graph.edge(line.tail, line.head, pos=_path(line), **{"class": line.look}, **_stroke(line), **end)
        return graph.source


@cache
def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width of a line of text in points."""
    return _font(bold).getlength(text) * size / _MEASURED_AT


_MEASURED_AT = 100


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"SourceSans3-{'Semibold' if bold else 'Regular'}.otf", _MEASURED_AT)


def _node(placed: Placed) -> dict[str, str]:
    box = placed.box
    x, y = placed.centre
    shared = {"pos": f"{x:.1f},{-y:.1f}", "width": f"{placed.width / 72:.4f}", "height": f"{box.height / 72:.4f}"}
    if box.look == "label":
        return shared | {"class": "label", "shape": "plaintext", "label": _label(placed)}
    color = stage_color(box.stage)
    if box.look == "mark":
        return shared | {
            "class": f"mark stage{box.stage}",
            "shape": "box",
            "label": "",
            "color": color,
            "fillcolor": color,
            "style": "filled",
        }
    stage = "head" if box.stage is None else f"stage{box.stage}"
    look = {
        "class": f"place {stage} {box.look}",
        "color": color,
        "fillcolor": tint(color, _TINTS[box.look]),
        "style": "rounded,filled",
    }
    if box.look == "sum":
        look |= {"shape": "circle", "style": "filled", "label": "+", "fontsize": "20", "penwidth": "1.6"}
        beside = text_width(f"{box.title} {box.note}", NOTE_SIZE)
        label = f'<<FONT POINT-SIZE="{NOTE_SIZE:g}">{_bold(box.title)} {_muted(box.note)}</FONT>>'
        return shared | look | {"xlabel": label, "xlp": f"{x + 20 + beside / 2:.1f},{-(y + 13):.1f}"}
    look |= {"shape": "box", "label": _label(placed), "penwidth": "1.3" if box.look == "strong" else "1"}
    return shared | look


def _label(placed: Placed) -> str:
    """The text of a box as Graphviz's HTML: title, aside and note in one row, the second line below."""
    box = placed.box
    title = _muted(box.title) if box.look == "label" else _bold(box.title)
    width = placed.width - 2 * PADDING
    # Graphviz does not hand spare width to cells: the left one gets what the right one does not need.
    left = width - text_width(box.note, NOTE_SIZE) if box.note else width
    row = _cell("LEFT", title + (f" {_muted(box.aside)}" if box.aside else ""), f' WIDTH="{left:.0f}"')
    row += _cell("RIGHT", _muted(box.note), ' VALIGN="TOP"') if box.note else ""
    table = f'<TR><TD HEIGHT="{2 if box.second else 4}"></TD></TR><TR>{row}</TR>'
    if box.second:
        span = ' COLSPAN="2"' if box.note else ""
        table += f"<TR>{_cell('LEFT', _muted(box.second), span)}</TR>"
    return f'<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">{table}</TABLE>>'


def _cell(align: str, text: str, more: str = "") -> str:
    return f'<TD ALIGN="{align}"{more}>{text}</TD>'


def _bold(text: str) -> str:
    return f"<B>{escape(text)}</B>"


def _muted(text: str) -> str:
    return f'<FONT POINT-SIZE="{NOTE_SIZE:g}" COLOR="{MUTED}">{escape(text)}</FONT>'


def _stroke(line: Line) -> dict[str, str]:
    return {"penwidth": "1.1"} if line.stage is None else {"penwidth": "1.8", "color": stage_color(line.stage)}


def _path(line: Line) -> str:
    """The line as Graphviz's spline: straight pieces, rounded corners, and the tip of its arrowhead."""
    points = list(line.points)
    tip = points[-1]
    start = ""
    if line.arrow:
        points[-1] = _towards(tip, points[-2], 5.5)
        start = f"e,{tip[0]:.1f},{-tip[1]:.1f} "
    path = [points[0]]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        one, other = _towards(corner, before, _CORNER), _towards(corner, after, _CORNER)
        path += [
            path[-1],
            one,
            one,
            _towards(corner, one, _CORNER * 0.45),
            _towards(corner, other, _CORNER * 0.45),
            other,
        ]
    path += [path[-1], points[-1], points[-1]]
    return start + " ".join(f"{x:.1f},{-y:.1f}" for x, y in path)


def _towards(start: Point, end: Point, distance: float) -> Point:
    """The point `distance` from start on the way to end, or half-way if they are nearer than twice that."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = max((dx * dx + dy * dy) ** 0.5, 1e-9)
    share = min(distance / length, 0.5)
    return start[0] + dx * share, start[1] + dy * share


def shape_text(shape: Sequence[int]) -> str:
    """A shape as diagrams write it: `(64,56,56)`."""
    return f"({','.join(map(str, shape))})"
