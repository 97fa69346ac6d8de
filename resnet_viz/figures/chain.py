"""Where the layers of a sigmoid chain stand on the sigmoid's slope: near its top, or far out where nothing passes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import plotly.graph_objects as go

from resnet_viz.figures.palette import NEUTRAL, PLAIN
from resnet_viz.figures.signal import HEIGHT

LEAST_REACH = 6.0
"""The curve is drawn at least from -LEAST_REACH to LEAST_REACH."""

_NEAR = 0.04
"""Points closer than this share of the axis carry one label."""


def slope_chart(
    zs: Sequence[float], slope: Callable[[float], float], *, title: str, curve: str, layer: str
) -> go.Figure:
    """The curve s'(z), and on it a point for each of `zs`, labelled 1, 2, ...

    `curve` names the line, `layer` a point: `layer {layer}`.
    """
    reach = max(LEAST_REACH, 1.1 * max(abs(z) for z in zs))
    grid = np.linspace(-reach, reach, 241)
    figure = go.Figure(
        go.Scatter(
            x=grid,
            y=[slope(float(z)) for z in grid],
            mode="lines",
            name=curve,
            line={"color": NEUTRAL, "width": 2},
            hoverinfo="skip",
        )
    )
    figure.add_trace(
        go.Scatter(
            x=list(zs),
            y=[slope(z) for z in zs],
            mode="markers+text",
            text=labels(zs, 2 * reach * _NEAR),
            textposition=[_label_side(z, reach) for z in zs],
            marker={"color": PLAIN, "symbol": "square", "size": 9},
            customdata=[layer.format(layer=number) for number in range(1, len(zs) + 1)],
            hovertemplate="%{customdata}: s'(%{x:.3g}) = %{y:.3g}<extra></extra>",
            cliponaxis=False,
        )
    )
    figure.update_layout(
        title={"text": title, "font": {"size": 15}},
        height=HEIGHT,
        margin={"l": 8, "r": 12, "t": 44, "b": 8},
        showlegend=False,
        hovermode="closest",
        dragmode=False,
    )
    figure.update_xaxes(title={"text": "z", "font": {"size": 12}}, fixedrange=True, automargin=True, zeroline=False)
    figure.update_yaxes(range=[-0.012, 0.3], dtick=0.05, fixedrange=True, automargin=True, zeroline=False)
    return figure


def _label_side(z: float, reach: float) -> str:
    """Off the curve where it is steep, straight above where it is flat."""
    return "top center" if abs(z) > reach / 2 else "top right" if z >= 0 else "top left"


def labels(zs: Sequence[float], near: float) -> list[str]:
    """The numbers of the points, `1` first; where several lie within `near`, one label names all: `2, 3`, `1, 2, 4`."""
    found = [""] * len(zs)
    for group in _groups(zs, near):
        found[group[len(group) // 2]] = ", ".join(str(index + 1) for index in sorted(group))
    return found


def _groups(zs: Sequence[float], near: float) -> list[list[int]]:
    """Indices of points from left to right, a new group wherever the step to the next is greater than `near`."""
    groups: list[list[int]] = []
    for index in sorted(range(len(zs)), key=lambda index: zs[index]):
        if groups and zs[index] - zs[groups[-1][-1]] <= near:
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups
