"""The bar that says what the colours of a map span."""

from __future__ import annotations

import streamlit as st

from resnet_viz.figures.overlays import gradient, number
from resnet_viz.figures.palette import colour_map
from resnet_viz.records import Heatmap
from resnet_viz.ui.state import t


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
