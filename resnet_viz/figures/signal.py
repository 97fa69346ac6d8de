"""Curves over the layers of a network: norms on a log axis, shares on a linear one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import plotly.graph_objects as go

from resnet_viz.figures.palette import PLAIN, RESIDUAL

Kind = Literal["residual", "plain"]

COLOURS: dict[Kind, str] = {"residual": RESIDUAL, "plain": PLAIN}
DASHES: dict[Kind, str] = {"residual": "solid", "plain": "6px,3px"}
MARKERS: dict[Kind, str] = {"residual": "circle", "plain": "square"}

HEIGHT = 330
"""Pixels of one chart."""

_POWERS_SIZE = 12 / 1.25
"""Of the labels of a log axis in pixels: Plotly writes powers a quarter larger than it is told, and 12 are all others."""

_FEW_LAYERS = 10
"""Up to so many, every layer has its number; beyond, Plotly chooses."""

_MARKED = 30
"""A curve of more points is drawn without a marker on each."""


@dataclass(frozen=True, slots=True)
class Point:
    """A layer's value."""

    layer: int
    place: str
    value: float
    stream: bool
    """Whether it lies between blocks: on the line; inside of a block it is a small mark beside it."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A network's values, layer by layer."""

    name: str
    kind: Kind
    points: tuple[Point, ...]
    marks: str = ""
    """What the marks beside the line are called in the legend; without a name they are small and faint."""


def layer_chart(curves: Sequence[Curve], *, title: str, x_title: str, log: bool) -> go.Figure:
    """A line for each network through the layers between its blocks; layers inside of blocks as small marks.

    A log axis leaves out what is not above zero; a linear one shows shares
    from 0 to 1 in percent.
    """
    figure = go.Figure()
    for curve in curves:
        figure.add_trace(_line(curve, log))
    for curve in curves:
        if not all(point.stream for point in curve.points):
            figure.add_trace(_marks(curve, log))
    figure.update_layout(
        title={"text": title, "font": {"size": 15}},
        height=HEIGHT,
        margin={"l": 8, "r": 12, "t": 44, "b": 8},
        legend={"orientation": "h", "y": -0.3, "x": 0, "yanchor": "top"},
        hovermode="closest",
        dragmode=False,
    )
    figure.update_xaxes(title={"text": x_title, "font": {"size": 12}}, fixedrange=True, automargin=True, zeroline=False)
    layers = [point.layer for curve in curves for point in curve.points]
    if layers and max(layers) <= _FEW_LAYERS:
        figure.update_xaxes(dtick=1)
    if log:
        values = [point.value for curve in curves for point in curve.points if drawable(point.value, log)]
        figure.update_yaxes(log_axis(values))
    else:
        figure.update_yaxes(range=[0, 1], tickformat=".0%")
    figure.update_yaxes(fixedrange=True, automargin=True, zeroline=False)
    return figure


def log_axis(values: Sequence[float], labels: int = 6) -> dict[str, object]:
    """Options of a log axis over these values: powers of ten, as many of them labelled as can be read."""
    low, high = (math.log10(min(values)), math.log10(max(values))) if values else (-1.0, 1.0)
    room = max(0.1, 0.03 * (high - low))
    low, high = math.floor(low - room), math.ceil(high + room)
    step = max(1, math.ceil((high - low) / labels))
    powers = {"dtick": step, "exponentformat": "power", "showexponent": "all", "tickfont": {"size": _POWERS_SIZE}}
    return {"type": "log", "range": [low, high], **powers}


def _line(curve: Curve, log: bool) -> go.Scatter:
    points = [point for point in curve.points if point.stream]
    return go.Scatter(
        mode="lines" if len(points) > _MARKED else "lines+markers",
        name=curve.name,
        line={"color": COLOURS[curve.kind], "dash": DASHES[curve.kind], "width": 2},
        marker={"symbol": MARKERS[curve.kind], "size": 7},
        **_values(curve, points, log),
    )


def _marks(curve: Curve, log: bool) -> go.Scatter:
    return go.Scatter(
        mode="markers",
        name=curve.marks or curve.name,
        showlegend=bool(curve.marks),
        opacity=1 if curve.marks else 0.55,
        marker={
            "color": COLOURS[curve.kind],
            "symbol": f"{MARKERS[curve.kind]}-open",
            "size": 8 if curve.marks else 5,
            "line": {"width": 1.5 if curve.marks else 1},
        },
        **_values(curve, [point for point in curve.points if not point.stream], log),
    )


def _values(curve: Curve, points: Sequence[Point], log: bool) -> dict[str, object]:
    shown = "%{y:.3g}" if log else "%{y:.1%}"
    return {
        "x": [point.layer for point in points],
        "y": [point.value if drawable(point.value, log) else None for point in points],
        "customdata": [point.place for point in points],
        "hovertemplate": f"{curve.name} · %{{x}} · %{{customdata}}: {shown}<extra></extra>",
    }


def drawable(value: float, log: bool) -> bool:
    """Whether an axis has a place for a value: a log axis has none for what is not above zero."""
    return math.isfinite(value) and (value > 0 or not log)
