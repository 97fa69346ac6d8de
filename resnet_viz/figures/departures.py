"""How far two passes lie apart from place to place, as a line whose points can be chosen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from resnet_viz.figures.palette import NEUTRAL, stage_color

HEIGHT = 340
"""Pixels of the chart."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One place: how far the two are apart there; what is no number is not drawn."""

    place: str
    stage: int | None
    relative: float
    cosine: float
    cut: bool = False
    """Whether something of it is cut."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is written on the chart, in the chosen language."""

    title: str
    relative: str
    cosine: str
    cut: str


def departure_chart(gaps: Sequence[Gap], words: Words, selected: str = "") -> go.Figure:
    """Relative distance in the colours of the stages, cosine dotted, crosses where something is cut.

    Point n of each trace is place n; `selected` has a ring around it.
    """
    lines = [_line(gaps, words.relative), _cosine(gaps, words.cosine)]
    marks = [_crosses(gaps, words.cut)] if any(gap.cut for gap in gaps) else []
    rings = [_ring(gap) for gap in gaps if gap.place == selected and math.isfinite(gap.relative)]
    figure = go.Figure([*lines, *marks, *rings])
    drawn = [value for gap in gaps for value in (gap.relative, gap.cosine) if math.isfinite(value)]
    low, high = min([0.0, *drawn]), max([1.0, *drawn])
    room = 0.06 * (high - low)
    figure.update_layout(
        title={"text": words.title, "font": {"size": 15}},
        height=HEIGHT,
        margin={"l": 8, "r": 12, "t": 44, "b": 8},
        legend={"orientation": "h", "y": -0.45, "x": 0, "yanchor": "top"},
        hovermode="closest",
        dragmode=False,
    )
    figure.update_xaxes(type="category", tickangle=-60, fixedrange=True, automargin=True, tickfont={"size": 11})
    figure.update_yaxes(range=[low - room, high + room], fixedrange=True, automargin=True, zeroline=True)
    return figure


def _line(gaps: Sequence[Gap], name: str) -> go.Scatter:
    colours = [stage_color(gap.stage) for gap in gaps]
    return go.Scatter(
        mode="lines+markers",
        name=name,
        line={"color": NEUTRAL, "width": 2},
        marker={"color": colours, "size": 10},
        **_points(gaps, [gap.relative for gap in gaps], name),
    )


def _cosine(gaps: Sequence[Gap], name: str) -> go.Scatter:
    return go.Scatter(
        mode="lines+markers",
        name=name,
        line={"color": NEUTRAL, "width": 1.4, "dash": "dot"},
        marker={"color": NEUTRAL, "size": 6, "symbol": "diamond-open"},
        **_points(gaps, [gap.cosine for gap in gaps], name),
    )


def _crosses(gaps: Sequence[Gap], name: str) -> go.Scatter:
    return go.Scatter(
        mode="markers",
        name=name,
        marker={"color": NEUTRAL, "size": 11, "symbol": "x"},
        **_points(gaps, [0.0 if gap.cut else math.nan for gap in gaps], name, value=False),
    )


def _ring(gap: Gap) -> go.Scatter:
    return go.Scatter(
        x=[gap.place],
        y=[gap.relative],
        mode="markers",
        showlegend=False,
        hoverinfo="skip",
        marker={"color": stage_color(gap.stage), "size": 19, "symbol": "circle-open", "line": {"width": 2}},
    )


def _points(gaps: Sequence[Gap], values: Sequence[float], name: str, value: bool = True) -> dict[str, object]:
    shown = ": %{y:.3g}" if value else ""
    return {
        "x": [gap.place for gap in gaps],
        "y": [number if math.isfinite(number) else None for number in values],
        "hovertemplate": f"%{{x}} · {name}{shown}<extra></extra>",
        # A chosen point would make all others pale.
        "unselected": {"marker": {"opacity": 1}},
    }
