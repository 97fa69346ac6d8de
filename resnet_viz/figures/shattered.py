"""Shattered gradients: df/dx along a line, one strip a network, and its correlation against depth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from resnet_viz.figures.palette import NEUTRAL
from resnet_viz.figures.signal import COLOURS, DASHES, HEIGHT, MARKERS, Kind

STRIP = 92
"""Pixels of one strip."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A gradient along the line."""

    name: str
    kind: Kind | None
    """None for noise, which belongs to no network."""
    values: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class DepthCurve:
    """Autocorrelation against depth: mean of the seeds, with the least and the greatest."""

    name: str
    kind: Kind
    faint: bool
    """Whether it stands beside another curve of its kind."""
    depths: tuple[int, ...]
    mean: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


def strips(rows: Sequence[Strip], x: npt.NDArray[np.float64], *, title: str, x_title: str) -> go.Figure:
    """One strip below the other, each on a scale of its own: the shape matters, and not the height."""
    figure = make_subplots(
        rows=len(rows), cols=1, shared_xaxes=True, vertical_spacing=0.06, subplot_titles=[row.name for row in rows]
    )
    for number, row in enumerate(rows, start=1):
        color = NEUTRAL if row.kind is None else COLOURS[row.kind]
        line = go.Scatter(x=x, y=row.values, mode="lines", name=row.name, line={"color": color, "width": 1.4})
        figure.add_trace(line, row=number, col=1)
    figure.update_annotations(font={"size": 12}, x=0, xanchor="left")
    figure.update_layout(
        title={"text": title, "font": {"size": 15}},
        height=70 + STRIP * len(rows),
        margin={"l": 8, "r": 12, "t": 64, "b": 8},
        showlegend=False,
        dragmode=False,
    )
    figure.update_traces(hovertemplate="%{x:.2f}: %{y:.3g}<extra></extra>")
    figure.update_yaxes(showticklabels=False, fixedrange=True, zeroline=True)
    figure.update_xaxes(fixedrange=True, zeroline=False)
    figure.update_xaxes(title={"text": x_title, "font": {"size": 12}}, automargin=True, row=len(rows), col=1)
    return figure


def depth_chart(
    curves: Sequence[DepthCurve], theory: Sequence[tuple[str, Sequence[float]]], *, title: str, x_title: str
) -> go.Figure:
    """Autocorrelation against depth, measured with the seeds' spread, and theory's decay at the same depths, dotted."""
    figure = go.Figure()
    for curve in curves:
        figure.add_trace(_measured(curve))
    for (name, values), dash in zip(theory, ("dot", "dashdot"), strict=False):
        figure.add_trace(
            go.Scatter(
                x=curves[0].depths,
                y=values,
                mode="lines",
                name=name,
                line={"color": NEUTRAL, "dash": dash, "width": 1.5},
                hovertemplate=f"{name} · %{{x}}: %{{y:.3g}}<extra></extra>",
            )
        )
    figure.update_layout(
        title={"text": title, "font": {"size": 15}},
        height=HEIGHT + 80,
        margin={"l": 8, "r": 12, "t": 44, "b": 8},
        legend={"orientation": "h", "y": -0.18, "x": 0, "yanchor": "top"},
        hovermode="closest",
        dragmode=False,
    )
    figure.update_xaxes(title={"text": x_title, "font": {"size": 12}}, fixedrange=True, automargin=True, zeroline=False)
    figure.update_yaxes(range=[-0.25, 1.05], fixedrange=True, automargin=True, zeroline=True)
    return figure


def _measured(curve: DepthCurve) -> go.Scatter:
    mean, low, high = (np.array(values) for values in (curve.mean, curve.low, curve.high))
    spread = {"type": "data", "array": high - mean, "arrayminus": mean - low, "thickness": 1, "width": 3}
    return go.Scatter(
        x=curve.depths,
        y=mean,
        mode="lines+markers",
        name=curve.name,
        error_y=spread,
        line={"color": COLOURS[curve.kind], "dash": "dot" if curve.faint else DASHES[curve.kind], "width": 2},
        marker={"symbol": f"{MARKERS[curve.kind]}-open" if curve.faint else MARKERS[curve.kind], "size": 7},
        hovertemplate=f"{curve.name} · %{{x}}: %{{y:.2f}}<extra></extra>",
    )
