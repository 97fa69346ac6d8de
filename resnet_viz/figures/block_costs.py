"""What the parts of two blocks cost, as stacked bars over the same scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import plotly.graph_objects as go

from resnet_viz.figures.palette import NEUTRAL

Sort = Literal["1x1", "3x3", "projection", "BN"]

SORT_COLOURS: dict[Sort, str] = {"1x1": "#4f8f9c", "3x3": "#b0702c", "projection": "#4f8f9c", "BN": NEUTRAL}
"""Apart from each other for all kinds of sight, and none of them a stage's; a projection is a hatched 1x1."""

_HATCHED = {"shape": "/", "fgcolor": "#ffffff", "bgcolor": SORT_COLOURS["projection"], "size": 6, "solidity": 0.3}

HEIGHT = 210
"""Pixels of one chart."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a block's bar."""

    part: str
    """Its name in the block: `conv1`."""
    sort: Sort
    value: int


@dataclass(frozen=True, slots=True)
class CostBar:
    """A block's bar."""

    label: str
    segments: tuple[Segment, ...]
    text: str
    """Its total, written behind the bar."""


def cost_bars(bars: Sequence[CostBar], title: str, projection: str = "projection") -> go.Figure:
    """Horizontal bars, the first on top, each made of its parts in order; a part's value is under the pointer.

    `projection` is what a projection is called.
    """
    figure = go.Figure()
    seen: set[Sort] = set()
    for bar in bars:
        for segment in bar.segments:
            name = projection if segment.sort == "projection" else segment.sort
            figure.add_trace(_trace(bar, segment, name, named=segment.sort not in seen))
            seen.add(segment.sort)
    totals = [sum(segment.value for segment in bar.segments) for bar in bars]
    figure.add_trace(
        go.Scatter(
            x=totals,
            y=[bar.label for bar in bars],
            text=[f" {bar.text}" for bar in bars],
            mode="text",
            textposition="middle right",
            hoverinfo="skip",
            showlegend=False,
        )
    )
    figure.update_layout(
        title={"text": title, "font": {"size": 15}},
        barmode="stack",
        bargap=0.35,
        height=HEIGHT,
        margin={"l": 8, "r": 8, "t": 44, "b": 8},
        legend={"orientation": "h", "y": -0.12, "x": 0, "traceorder": "normal"},
        dragmode=False,
    )
    figure.update_xaxes(visible=False, fixedrange=True, range=[0, max([*totals, 1]) * 1.3])
    figure.update_yaxes(fixedrange=True, autorange="reversed", automargin=True, ticks="", ticksuffix=" ")
    return figure


def _trace(bar: CostBar, segment: Segment, name: str, *, named: bool) -> go.Bar:
    marker = {
        "color": SORT_COLOURS[segment.sort],
        "line": {"width": 0},
        "pattern": _HATCHED if segment.sort == "projection" else {},
    }
    return go.Bar(
        x=[segment.value],
        y=[bar.label],
        orientation="h",
        name=name,
        legendgroup=segment.sort,
        showlegend=named,
        marker=marker,
        hovertemplate=f"{segment.part} ({name}): {segment.value:,}<extra></extra>",
    )
