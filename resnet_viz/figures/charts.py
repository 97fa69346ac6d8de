"""Charts of where a network's cost sits: one bar for each stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

HEIGHT = 280
"""Height of a chart in pixels."""


@dataclass(frozen=True, slots=True)
class StageBar:
    """A stage's part of one quantity."""

    label: str
    color: str
    value: float
    text: str
    """What stands over the bar: the value with its unit."""
    share: str
    """What stands below that: the value's share of the whole."""


def stage_bars(bars: Sequence[StageBar], title: str, axis: str) -> go.Figure:
    """Vertical bars in the colours of the stages, each with its value and share over it; `axis` names the labels."""
    figure = go.Figure(
        go.Bar(
            x=[bar.label for bar in bars],
            y=[bar.value for bar in bars],
            text=[f"{bar.text}<br>{bar.share}" for bar in bars],
            textposition="outside",
            textangle=0,
            cliponaxis=False,
            hoverinfo="skip",
            marker={"color": [bar.color for bar in bars], "line": {"width": 0}},
        )
    )
    figure.update_layout(
        title={"text": title, "font": {"size": 15}},
        height=HEIGHT,
        margin={"l": 8, "r": 8, "t": 56, "b": 8},
        bargap=0.25,
        showlegend=False,
        dragmode=False,
    )
    highest = max((bar.value for bar in bars), default=0) or 1
    figure.update_yaxes(visible=False, fixedrange=True, range=[0, highest * 1.25])
    figure.update_xaxes(type="category", fixedrange=True, automargin=True, title={"text": axis, "font": {"size": 12}})
    return figure
