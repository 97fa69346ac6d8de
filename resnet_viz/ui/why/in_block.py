"""The same class in the two ways of the block around a place: F(x), the shortcut and their sum, on one scale."""

from __future__ import annotations

from typing import cast

import streamlit as st

from resnet_viz.analysis.block_maps import ADDITIVE, BlockMaps
from resnet_viz.analysis.class_maps import Method
from resnet_viz.analysis.heatmaps import limits, to_uint8
from resnet_viz.figures.overlays import SIDE, alone, number
from resnet_viz.figures.palette import colour_map
from resnet_viz.records import BlockRecord, Heatmap
from resnet_viz.ui.activations.run import Result
from resnet_viz.ui.colour_bar import colour_bar
from resnet_viz.ui.state import prose, t
from resnet_viz.ui.take_away.files import download_npz
from resnet_viz.ui.why.choice import Choice, name_of
from resnet_viz.ui.why.computed_maps import maps_in
from resnet_viz.ui.why.drawn import is_flat

_WIDTH = 860


def in_block(result: Result, place: str, choice: Choice) -> None:
    """Draw the maps in the block at or around a place, for the first class; nothing outside of residual blocks."""
    block = _block_of(result, place)
    if block is None or block.shortcut == "none":
        return
    method = cast("Method", choice.method)
    st.markdown(t("why.block.title", block=block.name))
    found = maps_in(result, block.name, choice.classes[0], method)
    if found is None or found.shortcut is None:
        return
    parts = {"branch": found.branch, "shortcut": found.shortcut, "sum": found.sum}
    ends = limits(parts.values())
    with st.container(width=_WIDTH), st.grid(3, min_column_width=100):
        for part, one in parts.items():
            with st.container():
                _part(one, ends, t(f"why.block.{part}"))
    st.caption(_said(result, found, choice))
    arrays = {part: one.values for part, one in parts.items()}
    download_npz(arrays, f"{result.plan.network}-{block.name}-{method}", "block_maps_npz")


def _block_of(result: Result, place: str) -> BlockRecord | None:
    """The block at or around a place; of a stage the last one, whose output is the stage's."""
    plan = result.plan
    for block in reversed(plan.blocks):
        if block.branch and (place in {block.name, *block.layers} or f"stage{block.stage}" == place):
            return block
    return None


def _part(one: Heatmap, ends: tuple[float, float], title: str) -> None:
    alt = f"{title}, {one.place} {one.reduction}: {number(one.low)} – {number(one.high)}"
    picture = alone(to_uint8(one, *ends), colour_map(signed=True), side=SIDE)
    st.image(picture, width="stretch", caption=title, output_format="PNG", alt=alt)
    if is_flat(one):
        st.caption(t("why.zero" if one.high == 0 else "why.flat", name=title, value=number(one.high)))
    else:
        colour_bar(one, *ends)


def _said(result: Result, found: BlockMaps, choice: Choice) -> str:
    if choice.method == "eigen-cam" or found.shortcut is None:
        return t("why.block.look_eigen")
    said = [t("why.block.look", name=name_of(result, choice.classes[0]))]
    if choice.method in ADDITIVE:
        branch, shortcut = (float(one.values.astype("float64").sum()) for one in (found.branch, found.shortcut))
        said.append(t("why.block.adds", branch=number(branch), shortcut=number(shortcut), error=f"{found.error:.0e}"))
    else:
        said.append(t("why.block.does_not_add"))
    return prose(said)
