"""One step of a block, large: over the picture, with the value of each cell under the pointer, and in numbers."""

from __future__ import annotations

import numpy as np
import streamlit as st

from resnet_viz.analysis.block_summary import BlockSummary
from resnet_viz.analysis.heatmaps import to_uint8
from resnet_viz.analysis.layer_statistics import LayerStatistics
from resnet_viz.analysis.numbers import percent
from resnet_viz.analysis.rows import shape_text
from resnet_viz.analysis.step_maps import CELLS, SHORTCUT, Shown, X, step_name
from resnet_viz.figures.heatmap_plot import plot
from resnet_viz.figures.overlays import OPACITY, SIDE, alone, framed, number, overlay
from resnet_viz.figures.palette import colour_map
from resnet_viz.ui.activations.input import picture_name
from resnet_viz.ui.activations.run import Result
from resnet_viz.ui.colour_bar import colour_bar
from resnet_viz.ui.state import prose, t
from resnet_viz.ui.take_away.files import download_png

_PLOT = 400
"""Pixels of the plot's side where there is room."""
_WIDTH = 860
"""Pixels of both pictures beside each other: wider, they hide what they belong to."""


def large(result: Result, found: BlockSummary, step: str, shown: Shown) -> None:
    """Draw a step's map, say what it shows, and offer it as a picture."""
    heatmap, (low, high) = shown.heatmap, shown.limits
    colours = colour_map(signed=heatmap.signed)
    levels = to_uint8(heatmap, low, high)
    name = f"{found.block.name} {step_name(found.block, step)} {heatmap.reduction}"
    st.markdown(_title(result, found, step))
    with st.container(width=_WIDTH):
        over, by_itself = st.columns(2, gap="small")
        with over:
            st.image(
                overlay(result.prepared.seen, levels, colours, OPACITY, side=SIDE),
                width="stretch",
                caption=t("activations.maps.over"),
                alt=f"{picture_name(result.picture)}, {name}",
            )
        with by_itself:
            hover = t("activations.maps.hover", row="%{y}", column="%{x}", value="%{z:.4g}")
            figure = plot(heatmap.values, colours, low, high, hover=hover, side=_PLOT)
            st.plotly_chart(figure, width="stretch", key="step_plot", config={"displayModeBar": False}, alt=name)
        colour_bar(heatmap, low, high)
    st.caption(_said(found, step, shown))
    title = f"{result.plan.network} {name}"
    file = f"{result.plan.network}-{found.block.name}-{step}-{heatmap.reduction.replace(' ', '')}"
    download_png(lambda: framed(alone(levels, colours, side=SIDE), colours, low, high, title), file, key="step_png")


def _title(result: Result, found: BlockSummary, step: str) -> str:
    if step in CELLS or step in {X, SHORTCUT}:
        return t(f"inside_block.step.{step}")
    shape = shape_text(result.plan.layer(step).output_shape)
    return t("inside_block.step.operation", name=step_name(found.block, step), place=step, shape=shape)


def _said(found: BlockSummary, step: str, shown: Shown) -> str:
    """What is in the map and in all channels behind it."""
    heatmap = shown.heatmap
    missing = int(np.isnan(heatmap.values).sum())
    said = [t("inside_block.step.missing", cells=missing)] if missing else []
    if heatmap.low == heatmap.high:
        said.append(t("inside_block.step.constant", value=number(heatmap.low)))
    if heatmap.low < shown.limits[0] or heatmap.high > shown.limits[1]:
        said.append(t("inside_block.step.beyond"))
    if step not in CELLS:
        place = found.block.source if step in {X, SHORTCUT} else step
        said.append(_spread(found.steps[place]))
    return prose(said)


def _spread(row: LayerStatistics) -> str:
    said = t("inside_block.step.spread", mean=number(row.mean), std=number(row.std), units=f"{row.units:,}")
    if row.zeros is None or row.dead is None:
        return said
    zeros = t(
        "inside_block.step.zeros", zeros=percent(row.zeros, 1), dead=f"{row.dead:,}", channels=f"{row.channels:,}"
    )
    return prose([said, zeros])
