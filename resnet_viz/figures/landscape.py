"""The loss around a network's weights, as a surface to be turned and as contours from above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from resnet_viz.figures.heatmap_plot import colour_scale
from resnet_viz.figures.palette import NEUTRAL, sequential

HEIGHT = 400
"""Pixels of a chart."""

LEVELS = 16
"""Contours from the bottom of the scale to its top."""

_MARK = "#39d0ff"
"""The weights themselves, bright on the dark end of the colours."""

Grid = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ground:
    """A plane of losses to be drawn; rows are b, columns a."""

    at: tuple[float, ...]
    losses: tuple[tuple[float, ...], ...]
    right: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What is written on the charts, in the chosen language."""

    loss: str
    right: str
    weights: str
    chance: str
    first: str
    """The axis of a."""
    second: str


@dataclass(frozen=True, slots=True)
class Scale:
    """Losses from bottom to top of the colours; what is above is drawn as the top."""

    low: float
    high: float
    chance: float
    """Loss of answers that know nothing: ln of the number of classes."""
    capped: bool
    """Whether any loss is above the top."""


def scale_of(grounds: Sequence[Ground], chance: float) -> Scale:
    """One scale for all: from the least loss to twice that of chance, or to the greatest where that is less."""
    found = np.array([loss for ground in grounds for row in ground.losses for loss in row])
    found = found[np.isfinite(found)]
    low = float(found.min()) if found.size else 0.0
    high = min(2 * chance, float(found.max())) if found.size else 2 * chance
    capped = any(loss > high for ground in grounds for row in ground.losses for loss in row)
    return Scale(low, max(high, low + 1e-6), chance, capped)


def surface(ground: Ground, scale: Scale, words: Words, *, title: str) -> go.Figure:
    """The loss as height; the weights are the mark in the middle."""
    middle = len(ground.at) // 2
    shown = go.Surface(
        x=ground.at,
        y=ground.at,
        z=_capped(ground, scale),
        customdata=_told(ground),
        colorscale=colour_scale(sequential()),
        cmin=scale.low,
        cmax=scale.high,
        showscale=False,
        contours={"z": {"show": True, "color": NEUTRAL, "width": 1, **_steps(scale)}},
        hovertemplate=_hover(words),
    )
    lift, air = (part * (scale.high - scale.low) for part in (0.02, 0.03))
    # Air above the top: a plane that lies on the end of its axis is cut off at every other pixel, by rounding.
    mark = go.Scatter3d(
        x=[0],
        y=[0],
        z=[min(ground.losses[middle][middle], scale.high) + lift],
        mode="markers",
        name=words.weights,
        marker={"size": 5, "color": _MARK, "line": {"width": 1, "color": "#131a24"}},
        hovertemplate=f"{words.weights}<extra></extra>",
    )
    figure = go.Figure([shown, mark])
    axis = {"nticks": 5, "title": {"font": {"size": 12}}, "backgroundcolor": "rgba(0,0,0,0)"}
    figure.update_layout(
        title={"text": title, "font": {"size": 15}},
        height=HEIGHT,
        margin={"l": 0, "r": 0, "t": 40, "b": 0},
        showlegend=False,
        scene={
            "xaxis": {**axis, "title": {"text": "a"}},
            "yaxis": {**axis, "title": {"text": "b"}},
            "zaxis": {**axis, "title": {"text": words.loss}, "range": [min(0.0, scale.low), scale.high + air]},
            "aspectmode": "manual",
            "aspectratio": {"x": 1, "y": 1, "z": 0.7},
            "camera": {"eye": {"x": 1.25, "y": -1.45, "z": 0.95}, "center": {"x": 0, "y": 0, "z": -0.12}},
        },
    )
    return figure


def contours(ground: Ground, scale: Scale, words: Words, *, title: str) -> go.Figure:
    """The same from above, with a line for each level, and a thick one where the network knows no more than chance."""
    lines = go.Contour(
        x=ground.at,
        y=ground.at,
        z=_capped(ground, scale),
        customdata=_told(ground),
        colorscale=colour_scale(sequential()),
        zmin=scale.low,
        zmax=scale.high,
        contours={**_steps(scale), "showlines": True},
        line={"width": 0.6, "color": "rgba(255,255,255,0.55)"},
        colorbar={"title": {"text": words.loss, "side": "right", "font": {"size": 12}}, "thickness": 12},
        hovertemplate=_hover(words),
    )
    figure = go.Figure([lines])
    if scale.low < scale.chance < scale.high:
        figure.add_trace(_chance_line(ground, scale, words))
    figure.add_trace(
        go.Scatter(
            x=[0],
            y=[0],
            mode="markers",
            name=words.weights,
            marker={"symbol": "x", "size": 11, "color": _MARK, "line": {"width": 1, "color": "#131a24"}},
            hoverinfo="skip",
        )
    )
    figure.update_layout(
        title={"text": title, "font": {"size": 15}},
        height=HEIGHT,
        margin={"l": 8, "r": 8, "t": 40, "b": 8},
        legend={"orientation": "h", "y": -0.27, "x": 1, "xanchor": "right", "yanchor": "top"},
        dragmode=False,
    )
    figure.update_xaxes(title={"text": words.first, "font": {"size": 12}}, fixedrange=True, automargin=True)
    figure.update_yaxes(title={"text": words.second, "font": {"size": 12}}, fixedrange=True, automargin=True)
    figure.update_yaxes(scaleanchor="x", scaleratio=1, constrain="domain")
    figure.update_xaxes(constrain="domain", constraintoward="right")  # beside the colour bar
    return figure


def _chance_line(ground: Ground, scale: Scale, words: Words) -> go.Contour:
    return go.Contour(
        x=ground.at,
        y=ground.at,
        z=_capped(ground, scale),
        contours={"type": "constraint", "operation": "=", "value": scale.chance, "coloring": "none"},
        line={"width": 3, "color": _MARK},
        name=words.chance,
        showlegend=True,
        showscale=False,
        hoverinfo="skip",
    )


def _capped(ground: Ground, scale: Scale) -> Grid:
    capped: Grid = np.minimum(np.array(ground.losses, np.float64), scale.high)
    return capped


def _told(ground: Ground) -> Grid:
    """Loss as it is and right answers in percent, (rows, columns, 2), for the cell under the pointer."""
    losses = np.array(ground.losses)
    return np.stack([np.where(np.isfinite(losses), losses, np.nan), 100 * np.array(ground.right)], axis=-1)


def _hover(words: Words) -> str:
    value = f"{words.loss} %{{customdata[0]:.3g}}<br>{words.right} %{{customdata[1]:.0f}} %"
    return f"a = %{{x:.2f}}, b = %{{y:.2f}}<br>{value}<extra></extra>"


def _steps(scale: Scale) -> dict[str, float]:
    step = (scale.high - scale.low) / LEVELS
    return {"start": scale.low + step, "end": scale.high, "size": step}
