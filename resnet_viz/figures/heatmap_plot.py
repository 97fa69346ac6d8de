"""A heatmap as a Plotly figure: the same colours as the picture, and the exact value of the cell under the pointer."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from resnet_viz.figures.overlays import Colours


def plot(values: np.ndarray, colours: Colours, low: float, high: float, *, hover: str, side: int = 340) -> go.Figure:
    """Values (H, W), row 0 on top, square cells, colours from `low` to `high`; the page draws the colour bar.

    `hover` is the text over a cell, with Plotly's `%{y}` for the row, `%{x}` for the column and `%{z}` for the value.
    """
    trace = go.Heatmap(
        z=np.asarray(values, np.float32),
        colorscale=colour_scale(colours),
        zmin=low,
        zmax=high,
        hovertemplate=hover + "<extra></extra>",
        showscale=False,
    )
    figure = go.Figure(trace)
    figure.update_layout(height=side, margin={"l": 0, "r": 0, "t": 0, "b": 0}, plot_bgcolor="rgba(0,0,0,0)")
    figure.update_xaxes(visible=False, constrain="domain", scaleanchor="y", scaleratio=1)
    figure.update_yaxes(visible=False, constrain="domain", autorange="reversed")
    return figure


def colour_scale(colours: Colours, stops: int = 33) -> list[tuple[float, str]]:
    """A table of colours (256, 3) as Plotly wants it, `stops` of them."""
    at = np.linspace(0, 1, stops)
    picked = colours[(at * (len(colours) - 1)).round().astype(int)]
    return [(float(t), f"rgb({r},{g},{b})") for t, (r, g, b) in zip(at, picked.tolist(), strict=True)]
