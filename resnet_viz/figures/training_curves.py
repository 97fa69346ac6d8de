"""Curves over the epochs of a training, residual against plain, with a band where there are several seeds.

Kinds have their colour and dash, depths their thickness, and where networks differ in more, each variant its symbol.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import plotly.graph_objects as go

from resnet_viz.figures.end_labels import LINE, End, label, leader, spread, width
from resnet_viz.figures.palette import NEUTRAL
from resnet_viz.figures.signal import COLOURS, DASHES, MARKERS, Kind, drawable, log_axis

Scale = Literal["log", "share"]

HEIGHT = 320
"""Pixels of a chart."""

ROOM = 1.05
"""The axis is longer than the curves, so that a line can be led from its end to its label."""

SYMBOLS = ("diamond", "triangle-up", "x", "star", "triangle-down", "cross", "hexagon", "hourglass")
"""Of the second variant and those after it; the first has its kind's own."""

_THIN, _THICK = 1.4, 3.4
"""Pixels of the line of the shallowest and of the deepest network."""
_AROUND = 90
"""Pixels of a chart's height that the plot itself has not, about, without a legend."""
_ROW = 19
"""Pixels of a line of the legend: on a phone, each network has one of its own."""
_ROWS = 4
"""Lines of a legend that a chart's height has room for."""
_MARKED = 30
"""A curve of more points is drawn without markers."""
_FEW = 5
"""Markers of a curve where they tell variants apart."""


@dataclass(frozen=True, slots=True)
class TrainingCurve:
    """One network's values; `low` and `high` are those of the seeds, and the same as `mean` for one seed."""

    name: str
    kind: Kind
    mark: str
    """What stands at the end of the line: its depth, and what else tells it apart. Nothing where it is empty."""
    depth: float
    """From 0, the shallowest that there is, to 1: the deeper, the thicker the line."""
    epochs: Sequence[float]
    mean: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]
    variant: int = 0
    """Networks of one variant differ by kind and depth alone."""


def training_chart(
    curves: Sequence[TrainingCurve],
    *,
    title: str,
    x_title: str,
    scale: Scale,
    epochs: int,
    guess: float | None = None,
    height: int = HEIGHT,
    legend: bool = True,
) -> go.Figure:
    """Lines over `epochs` epochs, on a log axis or as shares from 0 to 1, each with its mark behind its end; `guess` dotted.

    `height` in pixels; the legend of many networks is added to it.
    """
    rows = len(curves) if legend else 0
    height += _ROW * max(0, rows - _ROWS)
    axis = _axis(curves, scale, guess)
    ends = _ends(curves, scale, axis["range"], room=height - _AROUND - _ROW * rows)
    several = len({curve.variant for curve in curves}) > 1
    figure = go.Figure()
    for curve in curves:
        if list(curve.low) != list(curve.high):
            figure.add_trace(_band(curve, scale, axis["range"][0]))
    for curve in curves:
        figure.add_trace(_line(curve, scale, several))
    for end in ends:
        figure.add_trace(leader(end, edge=epochs * ROOM, log=scale == "log"))
        figure.add_annotation(label(end))
    if guess is not None:
        figure.add_hline(guess, line={"color": NEUTRAL, "dash": "dot", "width": 1.2})
    figure.update_layout(
        title={"text": title, "font": {"size": 15}},
        height=height,
        margin={"l": 8, "r": 10 + max((width(end.text) for end in ends), default=0), "t": 44, "b": 8},
        showlegend=legend,
        legend={"orientation": "h", "y": -0.25, "x": 0, "yanchor": "top"},
        hovermode="closest",
        dragmode=False,
    )
    figure.update_xaxes(
        title={"text": x_title, "font": {"size": 12}},
        range=[0, epochs * ROOM],
        tickvals=list(range(0, epochs + 1, math.ceil(epochs / 8))),
        fixedrange=True,
        zeroline=False,
    )
    figure.update_yaxes({**axis, "fixedrange": True, "automargin": True, "zeroline": False})
    return figure


def _axis(curves: Sequence[TrainingCurve], scale: Scale, guess: float | None) -> dict[str, Any]:
    if scale == "share":
        return {"range": [0, 1.02], "tickformat": ".0%"}
    values = [value for curve in curves for value in (*curve.low, *curve.high) if value > 0]
    return log_axis(values if guess is None else [*values, guess])


def _line(curve: TrainingCurve, scale: Scale, several: bool) -> go.Scatter:
    shown = "%{y:.3g}" if scale == "log" else "%{y:.1%}"
    long = len(curve.epochs) > _MARKED
    return go.Scatter(
        x=list(curve.epochs),
        y=[value if drawable(value, scale == "log") else None for value in curve.mean],
        mode="lines" if long and not several else "lines+markers",
        name=curve.name,
        line={
            "color": COLOURS[curve.kind],
            "dash": DASHES[curve.kind],
            "width": _THIN + (_THICK - _THIN) * curve.depth,
        },
        marker={"symbol": _symbol(curve), "size": 8 if several else 6, "maxdisplayed": _FEW if several else 0},
        hovertemplate=f"{curve.name} · %{{x:.2~f}}: {shown}<extra></extra>",
    )


def _band(curve: TrainingCurve, scale: Scale, bottom: float) -> go.Scatter:
    least = 10**bottom if scale == "log" else 0.0  # a log axis would leave out a seed that comes to nothing
    return go.Scatter(
        x=[*curve.epochs, *reversed(curve.epochs)],
        y=[max(value, least) for value in (*curve.high, *reversed(curve.low))],
        fill="toself",
        fillcolor=COLOURS[curve.kind],
        opacity=0.16,
        mode="none",
        hoverinfo="skip",
        showlegend=False,
    )


def _ends(curves: Sequence[TrainingCurve], scale: Scale, range: tuple[float, float], room: int) -> list[End]:
    """The ends that have a label: as many as `room`, pixels of height, is enough for, the first ones."""
    low, high = range
    gap = (high - low) * LINE / room
    found = []
    for curve in curves:
        drawn = [index for index, value in enumerate(curve.mean) if drawable(value, scale == "log")]
        if curve.mark and drawn:
            last = curve.mean[drawn[-1]]
            # A line that has fallen to nothing ends before the others; what became of it stands in its label.
            gone = drawn[-1] < len(curve.mean) - 1
            text = f"{curve.mark} → 0" if gone else curve.mark
            found.append((curve, curve.epochs[drawn[-1]], math.log10(last) if scale == "log" else last, text))
    found = found[: int((high - low) / gap) + 1]
    heights = spread([one[2] for one in found], gap, low, high)
    return [
        End(x, y, at, text, COLOURS[curve.kind], _symbol(curve))
        for (curve, x, y, text), at in zip(found, heights, strict=True)
    ]


def _symbol(curve: TrainingCurve) -> str:
    return SYMBOLS[(curve.variant - 1) % len(SYMBOLS)] if curve.variant else MARKERS[curve.kind]
