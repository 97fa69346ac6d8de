"""A drawing as DOT: where everything stands is in it, and Graphviz only draws.

Classes say in the SVG what a shape is (`place stage2 strong`, `shortcut stage2`), so that a page can give it
the colours of its theme.
"""

from __future__ import annotations

from html import escape

import graphviz

from resnet_viz.figures.drawing import NOTE_SIZE, PADDING, TITLE_SIZE, Drawing, Line, Look, Placed, Point, text_width
from resnet_viz.figures.graph_render import FONT
from resnet_viz.figures.palette import INK, MUTED, STAGE_COLORS, stage_color, tint

_TINTS: dict[Look, float] = {"strong": 0.26, "soft": 0.14, "pale": 0.06, "sum": 0.26, "mark": 1.0}
_LINE = "#5a6675"
_CORNER = 7.0
_ARROW = 5.5


def to_dot(drawing: Drawing) -> str:
    """The drawing as DOT, positions included."""
    node = {"fontname": FONT, "fontsize": f"{TITLE_SIZE:g}", "fontcolor": INK, "fixedsize": "true", "margin": "0"}
    graph = graphviz.Digraph(
        graph_attr={"bgcolor": "transparent", "pad": "0.06"},
        node_attr=node,
        edge_attr={"color": _LINE, "arrowsize": "0.55"},
    )
    for placed in drawing.boxes:
        graph.node(placed.box.name, **_node(placed))
    for line in drawing.lines:
        graph.edge(line.tail, line.head, pos=_path(line), **_stroke(line))
    source: str = graph.source
    return source


def stage_class(stage: int | None) -> str:
    """The class that gives a shape in the SVG the colour of its stage."""
    return "head" if stage is None else f"stage{stage % len(STAGE_COLORS)}"


def _node(placed: Placed) -> dict[str, str]:
    box = placed.box
    x, y = placed.centre
    shared = {"pos": f"{x:.1f},{-y:.1f}", "width": f"{placed.width / 72:.4f}", "height": f"{box.height / 72:.4f}"}
    if box.look == "label":
        return shared | {"class": "label", "shape": "plaintext", "label": _label(placed)}
    color = stage_color(box.stage)
    look = {"color": color, "fillcolor": tint(color, _TINTS[box.look]), "style": "filled"}
    if box.look == "mark":
        return shared | look | {"class": f"mark {stage_class(box.stage)}", "shape": "box", "label": ""}
    look["class"] = f"place {stage_class(box.stage)} {box.look}"
    if box.look == "sum":
        beside = text_width(f"{box.title} {box.note}", NOTE_SIZE)
        label = f'<<FONT POINT-SIZE="{NOTE_SIZE:g}">{_bold(box.title)} {_muted(box.note)}</FONT>>'
        look |= {"xlabel": label, "xlp": f"{x + 20 + beside / 2:.1f},{-(y + 13):.1f}"}
        return shared | look | {"shape": "circle", "label": "+", "fontsize": "20", "penwidth": "1.6"}
    look |= {"shape": "box", "style": "rounded,filled", "penwidth": "1.3" if box.look == "strong" else "1"}
    return shared | look | {"label": _label(placed)}


def _label(placed: Placed) -> str:
    """The text of a box as Graphviz's HTML: title, aside and note in one row, the second line below."""
    box = placed.box
    title = _muted(box.title) if box.look == "label" else _bold(box.title)
    width = placed.width - 2 * PADDING
    # Graphviz does not hand spare width to cells: the left one gets what the right one does not need.
    left = width - text_width(box.note, NOTE_SIZE) if box.note else width
    row = _cell("LEFT", title + (f"&#160;&#160;{_muted(box.aside)}" if box.aside else ""), f' WIDTH="{left:.0f}"')
    row += _cell("RIGHT", _muted(box.note), ' VALIGN="TOP"') if box.note else ""
    table = f'<TR><TD HEIGHT="{2 if box.second else 4}"></TD></TR><TR>{row}</TR>'
    if box.second:
        span = ' COLSPAN="2"' if box.note else ""
        table += f"<TR>{_cell('LEFT', _muted(box.second), span)}</TR>"
    return f'<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">{table}</TABLE>>'


def _cell(align: str, text: str, more: str = "") -> str:
    return f'<TD ALIGN="{align}"{more}>{text}</TD>'


def _bold(text: str) -> str:
    return f"<B>{escape(text)}</B>" if text else ""


def _muted(text: str) -> str:
    return f'<FONT POINT-SIZE="{NOTE_SIZE:g}" COLOR="{MUTED}">{escape(text)}</FONT>'


def _stroke(line: Line) -> dict[str, str]:
    head = {} if line.arrow else {"arrowhead": "none"}
    if line.stage is None:
        return head | {"class": "flow", "penwidth": "1.1"}
    return head | {"class": f"shortcut {stage_class(line.stage)}", "penwidth": "1.8", "color": stage_color(line.stage)}


def _path(line: Line) -> str:
    """The line as Graphviz's spline: straight pieces, rounded corners, and the tip of its arrowhead."""
    points = list(line.points)
    tip = points[-1]
    start = ""
    if line.arrow:
        points[-1] = _towards(tip, points[-2], _ARROW)
        start = f"e,{tip[0]:.1f},{-tip[1]:.1f} "
    path = [points[0]]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        one, other = _towards(corner, before, _CORNER), _towards(corner, after, _CORNER)
        bend = _towards(corner, one, _CORNER * 0.45), _towards(corner, other, _CORNER * 0.45)
        path += [path[-1], one, one, *bend, other]
    path += [path[-1], points[-1], points[-1]]
    return start + " ".join(f"{x:.1f},{-y:.1f}" for x, y in path)


def _towards(start: Point, end: Point, distance: float) -> Point:
    """The point `distance` from start on the way to end, or half-way if they are nearer than twice that."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = max((dx * dx + dy * dy) ** 0.5, 1e-9)
    share = min(distance / length, 0.5)
    return start[0] + dx * share, start[1] + dy * share
