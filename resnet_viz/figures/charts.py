"""Charts of where a network's cost sits: one bar for each stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

HEIGHT = 280
"""Height of a chart in pixels."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A stage's share of one quantity."""

    label: str
    color: str
    value: float
    text: str
    """What stands over the bar: the value with its unit."""


def stage_bars(bars: Sequence[Bar], title: str) -> go.Figure:
    """Vertical bars in the colours of the stages, each with its value over it and its share under the pointer."""
    total = sum(bar.value for bar in bars) or 1.0
    shares = [bar.value / total for bar in bars]
    figure = go.Figure(
        go.Bar(
            x=[bar.label for bar in bars],
            y=[bar.value for bar in bars],
            text=[f"{share:.1%}" for share in shares],
            textposition="outside",
            cliponaxis=False,
            customdata=[bar.text for bar in bars],
            hovertemplate="%{x}<br>%{customdata}<br>%{text}<extra></extra>",
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
    figure.update_yaxes(visible=False, fixedrange=True, range=[0, max((bar.value for bar in bars), default=1) * 1.15])
    figure.update_xaxes(type="category", fixedrange=True, automargin=True)
    return figure
