"""One kernel as a map of its weights: blue below zero, red above, white at zero."""

from __future__ import annotations

import streamlit as st
from PIL import Image

from resnet_viz.analysis.convolutions import Weights, weight_map
from resnet_viz.analysis.heatmaps import to_uint8
from resnet_viz.figures.gallery import map_tile
from resnet_viz.figures.heatmap_plot import plot
from resnet_viz.figures.palette import colour_map
from resnet_viz.ui.state import t


def kernel_tile(values: Weights, far: float, side: int) -> Image.Image:
    """A kernel (height, width) as a tile, on a scale from -far to far."""
    return map_tile(to_uint8(weight_map("", "", values), -far, far), colour_map(signed=True), side)


def kernel_plot(values: Weights, far: float, title: str, key: str, *, side: int = 280) -> None:
    """Draw a kernel (height, width) with the weight under the pointer."""
    hover = t("activations.maps.hover", row="%{y}", column="%{x}", value="%{z:.4g}")
    figure = plot(values, colour_map(signed=True), -far, far, hover=hover, side=side)
    st.caption(title)
    st.plotly_chart(figure, width="stretch", key=key, config={"displayModeBar": False}, alt=title)
