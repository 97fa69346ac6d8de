"""Learning curves of one kind of network at several depths: the deeper, the broader the line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import plotly.graph_objects as go

from resnet_viz.figures.signal import COLOURS, DASHES, MARKERS, Kind, log_axis

Scale = Literal["linear", "share", "log"]

HEIGHT = 320
"""Pixels of one chart."""


@dataclass(frozen=True, slots=True)
class DepthCurve:
    """A network's values after each epoch, the first after epoch 1."""

    depth: int
    values: tuple[float, ...]


def learning_chart(
    curves: Sequence[DepthCurve],
    kind: Kind,
    limits: tuple[float, float],
    *,
    title: str,
    x_title: str,
    layers: str,
    scale: Scale,
) -> go.Figure:
    """A line for each depth; `limits` are the ends of the values in all charts beside this one.

    `layers` names a depth: `{depth} layers`. Lines become broader with depth, so their order can be seen without colour.
    """
    figure = go.Figure()
    for number, curve in enumerate(sorted(curves, key=lambda curve: curve.depth)):
        name = layers.format(depth=curve.depth)
        figure.add_trace(
            go.Scatter(
                x=list(range(1, len(curve.values) + 1)),
                y=list(curve.values),
                mode="lines+markers",
                name=name,
                line={"color": COLOURS[kind], "dash": DASHES[kind], "width": 1.2 + 1.4 * number},
                marker={"symbol": MARKERS[kind], "size": 5 + 1.5 * number},
                opacity=(0.7, 0.85, 1.0)[min(number, 2)],
                hovertemplate=f"{name} · %{{x}}: %{{y:.3g}}<extra></extra>",
            )
        )
    figure.update_layout(
        title={"text": title, "font": {"size": 15}},
        height=HEIGHT,
        margin={"l": 8, "r": 12, "t": 44, "b": 8},
        legend={"orientation": "h", "y": -0.3, "x": 0, "yanchor": "top"},
        hovermode="closest",
        dragmode=False,
    )
    figure.update_xaxes(title={"text": x_title, "font": {"size": 12}}, fixedrange=True, automargin=True, zeroline=False)
    low, high = limits
    room = 0.06 * (high - low)
    linear = {"range": [low - room, high + room], "tickformat": ".0%" if scale == "share" else ""}
    figure.update_yaxes(log_axis(limits) if scale == "log" else linear)
    figure.update_yaxes(fixedrange=True, automargin=True, zeroline=False)
    return figure
