"""Colour scales: what the colours of a map span, and the bar that says so."""

from __future__ import annotations

import streamlit as st
from torch import Tensor

from resnet_viz.analysis.heatmaps import Reduction, layer_limits, limits
from resnet_viz.figures.overlays import gradient, number
from resnet_viz.figures.palette import colour_map
from resnet_viz.records import Heatmap
from resnet_viz.ui.activations_run import Result, network_limits
from resnet_viz.ui.activations_way import Limits
from resnet_viz.ui.state import t

SCALES = ("map", "layer", "network")


def scale_limits(result: Result, heatmap: Heatmap, tensor: Tensor, how: Reduction, scale: str) -> Limits:
    """The ends of the colour scale: of this map, of all channels of its place, or of all stages and blocks.

    Signed values get ends equally far from zero. A norm exceeds every channel, so a layer's scale for it is its own.
    """
    if scale == "layer" and how != "norm":
        return layer_limits(tensor)
    low, high = limits([heatmap])
    if scale != "network":
        return low, high
    known = network_limits(result, how)
    low, high = min(low, known[0]), max(high, known[1])
    far = max(abs(low), abs(high))
    return (-far, far) if heatmap.signed else (low, high)


def colour_bar(heatmap: Heatmap, low: float, high: float) -> None:
    """Draw the colours with their two ends, zero in the middle of diverging ones, and the map's own range."""
    ends = [number(low), *(["0"] if heatmap.signed else []), number(high)]
    labels = "".join(f"<span>{end}</span>" for end in ends)
    name = t("activations.maps.bar", low=ends[0], high=ends[-1])
    st.html(
        f'<div role="img" aria-label="{name}">'
        f'<div style="height:14px;border-radius:4px;background:{gradient(colour_map(signed=heatmap.signed))}"></div>'
        f'<div style="display:flex;justify-content:space-between;font-size:0.85rem;font-variant-numeric:tabular-nums">'
        f"{labels}</div></div>"
    )
    st.caption(t("activations.maps.range", low=number(heatmap.low), high=number(heatmap.high)))
