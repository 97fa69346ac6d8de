"""One map over the picture and alone, or the maps of two classes and their difference; with files of them to keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

from resnet_viz.analysis.heatmaps import difference, limits, to_uint8
from resnet_viz.figures.heatmap_plot import plot
from resnet_viz.figures.overlays import SIDE, alone, framed, number, overlay
from resnet_viz.figures.palette import colour_map
from resnet_viz.records import Heatmap
from resnet_viz.ui.activations.input import picture_name
from resnet_viz.ui.activations.run import Result
from resnet_viz.ui.colour_bar import colour_bar
from resnet_viz.ui.state import t
from resnet_viz.ui.take_away.files import download_npz, download_png

SHARE = 99.5
"""Percentage of pixels whose colours differ: a gradient's few largest would leave all others in the dark."""
MANY = 64
"""Sides of more cells than these are pixels of the picture: drawn as a picture, without a value under the pointer."""

_PLOT, _SMALL_PLOT = 400, 300
"""Pixels of a plot's height, beside one map and beside two."""
_WIDTH = 1000
"""Pixels of the maps beside each other: wider, they leave what chooses among them out of sight."""


@dataclass(frozen=True, slots=True)
class Look:
    """How maps are looked at."""

    opacity: float
    smooth: bool
    against: bool = False
    """Whether what speaks against a class stays on its map."""


def look_input(*, smooth: bool, against: bool = False) -> Look:
    """Draw what changes how maps are looked at; over the picture as in the view of maps."""
    label = t("activations.maps.opacity")
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        opacity = st.slider(label, 0, 100, 60, 5, format="%d %%", key="opacity", persist_state="session", width=260)
        if smooth:
            about = t("activations.maps.smooth_help")
            smooth = st.toggle(t("activations.maps.smooth"), key="smooth", help=about, persist_state="session")
        if against:
            about = t("why.against_help")
            against = st.toggle(t("why.against"), key="against", help=about, persist_state="session")
    return Look(opacity / 100, smooth, against)


def drawn(result: Result, maps: Sequence[Heatmap], titles: Sequence[str], look: Look, key: str) -> None:
    """Draw maps of one place, one for each title, on one scale of colours."""
    ends = scale(maps)
    with st.container(width=_WIDTH), st.grid(len(maps) + 1, min_column_width=220):
        for one, title in zip(maps, titles, strict=True):
            with st.container():
                _over(result, one, ends, (title, look))
        with st.container():
            if len(maps) == 1:
                _alone(maps[0], ends, t("activations.maps.alone"), (key, _PLOT))
            else:
                gap = difference(*maps)
                _alone(gap, scale([gap]), t("why.difference"), (key, _SMALL_PLOT))
    if max(maps[0].values.shape) > MANY:
        st.caption(t("why.ends", share=SHARE))


def files(result: Result, maps: Sequence[Heatmap], titles: Sequence[str], key: str) -> None:
    """Draw the buttons for each map as a picture, and for all as raw numbers."""
    name = f"{result.plan.network}-{maps[0].place}-{maps[0].reduction.split(' ')[0]}"
    ends = scale(maps)
    with st.container(horizontal=True, gap="small"):
        for number_of, (one, title) in enumerate(zip(maps, titles, strict=True)):
            label = t("why.png", name=title)
            download_png(lambda one=one: _png(result, one, ends), f"{name}-{number_of}", f"{key}_{number_of}", label)  # type: ignore[misc]
        arrays = {one.reduction.replace(" ", "_").replace("-", "_"): one.values for one in maps}
        download_npz(arrays, name, f"{key}_npz")


def scale(maps: Sequence[Heatmap]) -> tuple[float, float]:
    """The ends of one scale: from 0 for what cannot be below it; of pixels without the few that exceed all others."""
    low, high = limits(maps)
    if max(maps[0].values.shape) > MANY:
        high = max(float(np.percentile(np.abs(one.values), SHARE)) for one in maps) or high
        low = -high if maps[0].signed else 0.0
    return (low, high) if maps[0].signed else (0.0, high)


def is_flat(heatmap: Heatmap) -> bool:
    """Whether all cells have one value: there is nothing to see."""
    return heatmap.low == heatmap.high


def _over(result: Result, one: Heatmap, ends: tuple[float, float], how: tuple[str, Look]) -> None:
    """A map over the picture; the picture alone where the map has nothing to show."""
    title, look = how
    alt = (
        f"{picture_name(result.picture)}, {title}, {one.place} {one.reduction}: {number(one.low)} – {number(one.high)}"
    )
    seen = result.prepared.seen.convert("RGB")
    if is_flat(one):
        st.image(seen, width="stretch", caption=title, alt=alt)
        st.caption(t("why.zero" if one.high == 0 else "why.flat", name=title, value=number(one.high)))
        return
    levels = to_uint8(one, *ends)
    colours = colour_map(signed=one.signed)
    picture = overlay(seen, levels, colours, look.opacity, side=SIDE, smooth=look.smooth)
    st.image(picture, width="stretch", caption=title, alt=alt)
    colour_bar(one, *ends)


def _alone(one: Heatmap, ends: tuple[float, float], title: str, plotted: tuple[str, int]) -> None:
    """A map without the picture: with the value under the pointer, `plotted` being the plot's key and height."""
    if is_flat(one):
        st.caption(t("why.same") if one.reduction == "difference" else t("why.no_colours"))
        return
    colours = colour_map(signed=one.signed)
    alt = f"{title}, {one.place} {one.reduction}: {number(one.low)} – {number(one.high)}"
    if max(one.values.shape) > MANY:
        picture = alone(to_uint8(one, *ends), colours, side=SIDE)
        st.image(picture, width="stretch", caption=title, output_format="PNG", alt=alt)
    else:
        hover = t("activations.maps.hover", row="%{y}", column="%{x}", value="%{z:.4g}")
        key, side = plotted
        figure = plot(one.values, colours, *ends, hover=hover, side=side)
        st.plotly_chart(figure, width="stretch", key=f"{key}_plot", config={"displayModeBar": False}, alt=alt)
        st.caption(title, text_alignment="center")
    if one.reduction == "difference":
        colour_bar(one, *ends)


def _png(result: Result, one: Heatmap, ends: tuple[float, float]) -> bytes:
    colours = colour_map(signed=one.signed)
    picture = alone(to_uint8(one, *ends), colours, side=SIDE)
    return framed(picture, colours, *ends, f"{result.plan.network} {one.place} {one.reduction}")
