"""A class's probability without each block alone: bars, residual beside plain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from resnet_viz.figures.signal import COLOURS, DASHES, Kind

HEIGHT = 340
"""Pixels of the chart."""


@dataclass(frozen=True, slots=True)
class Alone:
    """One network: what is left of the class without each of its blocks."""

    name: str
    kind: Kind
    whole: float
    """The probability with all blocks."""
    without: tuple[tuple[str, float], ...]
    """(block, probability)."""


def alone_chart(networks: Sequence[Alone], *, title: str, whole: str) -> go.Figure:
    """A bar for each block and network; a line at what the whole network answers. `whole` is what that line is called."""
    figure = go.Figure([_bars(network) for network in networks])
    for network in networks:
        line = {"color": COLOURS[network.kind], "dash": DASHES[network.kind], "width": 1.6}
        figure.add_hline(network.whole, line=line, opacity=0.9)
        figure.add_trace(_legend(f"{network.name} · {whole}", line))
    figure.update_layout(
        title={"text": title, "font": {"size": 15}},
        height=HEIGHT,
        margin={"l": 8, "r": 12, "t": 44, "b": 8},
        legend={"orientation": "h", "y": -0.45, "x": 0, "yanchor": "top"},
        barmode="group",
        bargap=0.2,
        bargroupgap=0.05,
        dragmode=False,
    )
    figure.update_xaxes(type="category", tickangle=-60, fixedrange=True, automargin=True, tickfont={"size": 11})
    figure.update_yaxes(range=[0, 1.02], tickformat=".0%", fixedrange=True, automargin=True)
    return figure


def _bars(network: Alone) -> go.Bar:
    return go.Bar(
        x=[block for block, _ in network.without],
        y=[probability for _, probability in network.without],
        name=network.name,
        marker={
            "color": COLOURS[network.kind],
            "line": {"width": 0},
            "pattern": {"shape": "" if network.kind == "residual" else "/", "size": 5, "solidity": 0.4},
        },
        hovertemplate=f"{network.name} · %{{x}}: %{{y:.1%}}<extra></extra>",
    )


def _legend(name: str, line: dict[str, object]) -> go.Scatter:
    """A line that stands in the legend alone: shapes have none."""
    return go.Scatter(x=[None], y=[None], mode="lines", name=name, line=line)
