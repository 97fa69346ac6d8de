"""One number for each block of a network, block by block, with the selected one marked; a click tells which was meant."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from resnet_viz.figures.palette import NEUTRAL, RESIDUAL, stage_color
from resnet_viz.figures.signal import Curve, layer_chart

HEIGHT = 290
"""Pixels of a chart."""

_BAND = "rgba(128, 132, 149, 0.28)"
"""Behind the selected block, in both themes."""


@dataclass(frozen=True, slots=True)
class BlockPoint:
    """A block's number."""

    block: str
    """Its place, `layer3.2`."""
    stage: int
    value: float
    """NaN leaves a gap."""


@dataclass(frozen=True, slots=True)
class BlockShares:
    """A block's two parts of one number."""

    block: str
    branch: float
    shortcut: float


def block_points(
    points: Sequence[BlockPoint], selected: str, *, title: str, x_title: str, level: float | None, signed: bool
) -> go.Figure:
    """A marker for each block in the colour of its stage; a dashed line at `level`, the value that means something.

    The axis begins at zero, or spans -1 to 1 for a `signed` number.
    """
    figure = go.Figure(
        go.Scatter(
            x=[_short(point.block) for point in points],
            y=[point.value if math.isfinite(point.value) else None for point in points],
            mode="lines+markers",
            line={"color": NEUTRAL, "width": 1},
            marker={
                "color": [stage_color(point.stage) for point in points],
                "size": [15 if point.block == selected else 11 for point in points],
                "opacity": 1,
            },
            customdata=[point.block for point in points],
            hovertemplate="%{customdata}: %{y:.3g}<extra></extra>",
            unselected={"marker": {"opacity": 1}},
        )
    )
    if level is not None:
        figure.add_hline(y=level, line={"color": NEUTRAL, "dash": "dash", "width": 1.5})
    _layout(figure, [point.block for point in points], selected, title, x_title)
    if signed:
        figure.update_yaxes(range=[-1.05, 1.05])
    else:
        figure.update_yaxes(rangemode="tozero")
    return figure


def share_bars(
    rows: Sequence[BlockShares], selected: str, *, title: str, x_title: str, names: tuple[str, str]
) -> go.Figure:
    """Two bars for each block from zero: its branch, and its shortcut as a pale one. `names` stand in the legend."""
    figure = go.Figure()
    for name, colour, values in (
        (names[0], RESIDUAL, [row.branch for row in rows]),
        (names[1], NEUTRAL, [row.shortcut for row in rows]),
    ):
        figure.add_trace(
            go.Bar(
                x=[_short(row.block) for row in rows],
                y=values,
                name=name,
                marker={"color": colour, "opacity": 1 if colour == RESIDUAL else 0.55, "line": {"width": 0}},
                customdata=[row.block for row in rows],
                hovertemplate=f"%{{customdata}} · {name}: %{{y:.4g}}<extra></extra>",
                unselected={"marker": {"opacity": 1 if colour == RESIDUAL else 0.55}},
            )
        )
    _layout(figure, [row.block for row in rows], selected, title, x_title)
    figure.add_hline(y=0, line={"color": NEUTRAL, "width": 1})
    figure.update_layout(barmode="group", bargap=0.3, bargroupgap=0, height=HEIGHT + 40)
    figure.update_layout(showlegend=True, legend={"orientation": "h", "y": -0.28, "x": 0, "yanchor": "top"})
    return figure


def responses(curves: Sequence[Curve], *, title: str, x_title: str) -> go.Figure:
    """Standard deviations layer by layer, from zero on, in the colour and line of each network."""
    figure = layer_chart(curves, title=title, x_title=x_title, log=True)
    figure.update_yaxes(type="linear", range=None, dtick=None, tickfont=None, rangemode="tozero", exponentformat="none")
    return figure


def _layout(figure: go.Figure, blocks: Sequence[str], selected: str, title: str, x_title: str) -> None:
    if selected in blocks:
        at = list(blocks).index(selected)
        figure.add_vrect(x0=at - 0.5, x1=at + 0.5, fillcolor=_BAND, line_width=0, layer="below")
    figure.update_layout(
        title={"text": title, "font": {"size": 15}},
        height=HEIGHT,
        margin={"l": 8, "r": 8, "t": 40, "b": 8},
        showlegend=False,
        dragmode=False,
        hovermode="closest",
    )
    figure.update_xaxes(
        type="category", title={"text": x_title, "font": {"size": 12}}, fixedrange=True, automargin=True
    )
    figure.update_yaxes(fixedrange=True, automargin=True, zeroline=False)


def _short(block: str) -> str:
    """`3.2` for layer3.2: what there is room for below an axis."""
    return block.removeprefix("layer")
