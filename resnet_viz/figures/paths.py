"""Paths by their length: how many there are, and what gradient they carry."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

from resnet_viz.figures.palette import NEUTRAL, RESIDUAL
from resnet_viz.figures.signal import HEIGHT, log_axis


@dataclass(frozen=True, slots=True)
class LengthBars:
    """A share for each length from 0; shares add up to 1, and some may be below 0."""

    name: str
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class LengthLine:
    """A norm for each length from 0."""

    name: str
    norms: tuple[float, ...]


def share_chart(paths: LengthBars, gradient: LengthBars, *, title: str, x_title: str) -> go.Figure:
    """Two bars at each length: the share of all paths, and the share of the gradient."""
    figure = go.Figure([_bars(paths, NEUTRAL, "/"), _bars(gradient, RESIDUAL, "")])
    _layout(figure, title, x_title)
    figure.update_layout(barmode="group", bargap=0.15, bargroupgap=0)
    figure.update_yaxes(tickformat=".0%", rangemode="tozero")
    return figure


def norm_chart(together: LengthLine, single: LengthLine, *, title: str, x_title: str) -> go.Figure:
    """Two lines on a log axis: what all paths of a length carry together, and what their mean carries."""
    figure = go.Figure([_line(together, RESIDUAL, "solid", "circle"), _line(single, NEUTRAL, "dot", "diamond")])
    _layout(figure, title, x_title)
    figure.update_yaxes(log_axis([norm for line in (together, single) for norm in line.norms if norm > 0]))
    return figure


def _bars(bars: LengthBars, color: str, pattern: str) -> go.Bar:
    return go.Bar(
        x=list(range(len(bars.shares))),
        y=bars.shares,
        name=bars.name,
        marker={"color": color, "line": {"width": 0}, "pattern": {"shape": pattern, "size": 5, "solidity": 0.4}},
        hovertemplate=f"{bars.name} · %{{x}}: %{{y:.3p}}<extra></extra>",
    )


def _line(line: LengthLine, color: str, dash: str, symbol: str) -> go.Scatter:
    return go.Scatter(
        x=list(range(len(line.norms))),
        y=[norm if norm > 0 else None for norm in line.norms],
        mode="lines+markers",
        name=line.name,
        line={"color": color, "dash": dash, "width": 2},
        marker={"symbol": symbol, "size": 7},
        hovertemplate=f"{line.name} · %{{x}}: %{{y:.3g}}<extra></extra>",
    )


def _layout(figure: go.Figure, title: str, x_title: str) -> None:
    figure.update_layout(
        title={"text": title, "font": {"size": 15}},
        height=HEIGHT + 20,
        margin={"l": 8, "r": 12, "t": 44, "b": 8},
        legend={"orientation": "h", "y": -0.25, "x": 0, "yanchor": "top"},
        hovermode="closest",
        dragmode=False,
    )
    figure.update_xaxes(title={"text": x_title, "font": {"size": 12}}, fixedrange=True, automargin=True, zeroline=False)
    figure.update_yaxes(fixedrange=True, automargin=True)
