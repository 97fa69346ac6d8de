"""Curves over the epochs of a training, residual against plain, with a band where there are several seeds."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import plotly.graph_objects as go

from resnet_viz.figures.palette import NEUTRAL
from resnet_viz.figures.signal import COLOURS, DASHES, MARKERS, Kind, log_axis

Scale = Literal["log", "share"]

HEIGHT = 320
"""Pixels of a chart."""

ROOM = 1.14
"""The axis is longer than the curves, by what the marks at their ends take."""

_THIN, _THICK = 1.4, 3.4
"""Pixels of the line of the shallowest and of the deepest network."""
_MARK = 13
"""Pixels that a mark at the end of a line is high."""
_AROUND = 110
"""Pixels of a chart's height that the plot itself has not, about."""
_MARKED = 30
"""A curve of more points is drawn without markers."""


@dataclass(frozen=True, slots=True)
class TrainingCurve:
    """One network's values; `low` and `high` are those of the seeds, and the same as `mean` for one seed."""

    name: str
    kind: Kind
    mark: str
    """What stands at the end of the line: its depth."""
    depth: float
    """From 0, the shallowest that there is, to 1: the deeper, the thicker the line."""
    epochs: Sequence[float]
    mean: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]


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
    """Lines over `epochs` epochs, on a log axis or as shares from 0 to 1, each with its depth at its end; `guess` dotted."""
    figure = go.Figure()
    for curve in curves:
        if list(curve.low) != list(curve.high):
            figure.add_trace(_band(curve))
    for curve in curves:
        figure.add_trace(_line(curve, scale))
    if guess is not None:
        figure.add_hline(guess, line={"color": NEUTRAL, "dash": "dot", "width": 1.2})
    figure.update_layout(
        title={"text": title, "font": {"size": 15}},
        height=height,
        margin={"l": 8, "r": 8, "t": 44, "b": 8},
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
    axis = _axis(curves, scale, guess)
    figure.update_yaxes({**axis, "fixedrange": True, "automargin": True, "zeroline": False})
    low, high = axis["range"]
    for curve, shift in _marked(curves, scale, (high - low) * _MARK / (height - _AROUND)):
        figure.add_annotation(_end(curve, scale, shift))
    return figure


def _axis(curves: Sequence[TrainingCurve], scale: Scale, guess: float | None) -> dict[str, Any]:
    if scale == "share":
        return {"range": [0, 1.02], "tickformat": ".0%"}
    values = [value for curve in curves for value in (*curve.low, *curve.high) if value > 0]
    return log_axis(values if guess is None else [*values, guess])


def _line(curve: TrainingCurve, scale: Scale) -> go.Scatter:
    shown = "%{y:.3g}" if scale == "log" else "%{y:.1%}"
    return go.Scatter(
        x=list(curve.epochs),
        y=list(curve.mean),
        mode="lines" if len(curve.epochs) > _MARKED else "lines+markers",
        name=curve.name,
        line={
            "color": COLOURS[curve.kind],
            "dash": DASHES[curve.kind],
            "width": _THIN + (_THICK - _THIN) * curve.depth,
        },
        marker={"symbol": MARKERS[curve.kind], "size": 6},
        hovertemplate=f"{curve.name} · %{{x:.2~f}}: {shown}<extra></extra>",
    )


def _band(curve: TrainingCurve) -> go.Scatter:
    return go.Scatter(
        x=[*curve.epochs, *reversed(curve.epochs)],
        y=[*curve.high, *reversed(curve.low)],
        fill="toself",
        fillcolor=COLOURS[curve.kind],
        opacity=0.16,
        mode="none",
        hoverinfo="skip",
        showlegend=False,
    )


def _end(curve: TrainingCurve, scale: Scale, shift: int) -> dict[str, object]:
    """The depth behind the last point. Plotly places annotations of a log axis by the logarithm."""
    last = curve.mean[-1]
    return {
        "x": curve.epochs[-1],
        "y": _height(last, scale),
        "text": curve.mark,
        "font": {"size": 12},  # in the colour of the text: those of the lines have too little contrast for it
        "showarrow": False,
        "xanchor": "left",
        "xshift": 5 + shift,
    }


def _marked(curves: Sequence[TrainingCurve], scale: Scale, room: float) -> Iterator[tuple[TrainingCurve, int]]:
    """Curves with the pixels by which their mark moves to the right, past one within `room`; past two, none is added."""
    placed: list[tuple[float, float]] = []
    for curve in curves:
        if curve.epochs:
            x, y = curve.epochs[-1], _height(curve.mean[-1], scale)
            near = sum(abs(x - other) < 0.5 and abs(y - height) < room for other, height in placed)
            placed.append((x, y))
            if near < 2:
                yield curve, 17 * near


def _height(value: float, scale: Scale) -> float:
    return math.log10(value) if scale == "log" and value > 0 else value
