"""A place's feature maps as one map: over the picture and alone, with its values, its colours and a file to keep."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from torch import Tensor

from resnet_viz.analysis.heatmaps import REDUCTIONS, Reduction, reduce, to_uint8
from resnet_viz.figures.heatmap_plot import plot
from resnet_viz.figures.overlays import SIDE, alone, framed, overlay
from resnet_viz.figures.palette import colour_map
from resnet_viz.records import Heatmap
from resnet_viz.report import words
from resnet_viz.ui.activations.input import picture_name
from resnet_viz.ui.activations.run import Result
from resnet_viz.ui.activations.scale import SCALES, scale_limits
from resnet_viz.ui.channels.channel import channel_input, select_channel, strongest
from resnet_viz.ui.choices import choose
from resnet_viz.ui.colour_bar import colour_bar
from resnet_viz.ui.state import language, prose, t
from resnet_viz.ui.take_away.files import download_png


@dataclass(frozen=True, slots=True)
class _Look:
    """How the map is looked at."""

    how: Reduction
    channel: int
    scale: str
    opacity: float
    smooth: bool
    pointer: bool


def maps(result: Result, place: str, tensor: Tensor) -> None:
    """Draw the maps of a place whose output is (1, C, H, W), with what chooses among them."""
    pictures, controls = st.columns([7, 3], gap="medium")
    with controls:
        look = _controls(place, tensor)
    heatmap = reduce(tensor, place, look.how, look.channel)
    low, high = scale_limits(result, heatmap, tensor, look.how, look.scale)
    with pictures:
        _pictures(result, heatmap, (low, high), look)
        colour_bar(heatmap, low, high)
        facts = words.place_facts(language(), result.plan, place, of_input="activations.maps.of_input")
        st.caption(prose(facts))
    with controls:
        _download(result, heatmap, (low, high), look)


def _controls(place: str, tensor: Tensor) -> _Look:
    how = choose(
        t("activations.maps.how"),
        REDUCTIONS,
        key="how",
        name=lambda n: t(f"activations.maps.{n}"),
        help=t("activations.maps.how_help"),
        in_url=True,
    )
    channel = _channel(tensor) if how == "channel" else 0
    scale = choose(
        t("activations.maps.scale"),
        SCALES,
        key="scale",
        name=lambda n: t(f"activations.maps.scale_{n}"),
        help=t("activations.maps.scale_help"),
        in_url=True,
    )
    opacity = st.slider(
        t("activations.maps.opacity"), 0, 100, 60, 5, format="%d %%", key="opacity", persist_state="session"
    )
    smooth = st.toggle(
        t("activations.maps.smooth"), key="smooth", help=t("activations.maps.smooth_help"), persist_state="session"
    )
    pointer = st.toggle(
        t("activations.maps.pointer"), key="pointer", help=t("activations.maps.pointer_help"), persist_state="session"
    )
    return _Look(how, channel, scale, opacity / 100, smooth, pointer)


def _channel(tensor: Tensor) -> int:
    """The channel on show, the same as in the views of channels; the strongest until the visitor picks one."""
    best = strongest(tensor)
    channel = channel_input(tensor)
    st.button(
        t("activations.maps.strongest", channel=best),
        key="strongest",
        on_click=select_channel,
        args=(best,),
        help=t("activations.maps.strongest_help"),
    )
    return channel


def _pictures(result: Result, heatmap: Heatmap, limits: tuple[float, float], look: _Look) -> None:
    colours = colour_map(signed=heatmap.signed)
    levels = to_uint8(heatmap, *limits)
    over, by_itself = st.columns(2, gap="small")
    name = f"{heatmap.place} {heatmap.reduction}"
    with over:
        picture = overlay(result.prepared.seen, levels, colours, look.opacity, side=SIDE, smooth=look.smooth)
        st.image(
            picture, width="stretch", caption=t("activations.maps.over"), alt=f"{picture_name(result.picture)} {name}"
        )
    with by_itself:
        if look.pointer:
            hover = t("activations.maps.hover", row="%{y}", column="%{x}", value="%{z:.4g}")
            figure = plot(heatmap.values, colours, *limits, hover=hover)
            st.plotly_chart(figure, width="stretch", key="heatmap_plot", config={"displayModeBar": False}, alt=name)
            st.caption(t("activations.maps.cells"), text_alignment="center")
        else:
            picture = alone(levels, colours, side=SIDE, smooth=look.smooth)
            st.image(picture, width="stretch", caption=t("activations.maps.alone"), output_format="PNG", alt=name)


def _download(result: Result, heatmap: Heatmap, limits: tuple[float, float], look: _Look) -> None:
    def file() -> bytes:
        colours = colour_map(signed=heatmap.signed)
        picture = alone(to_uint8(heatmap, *limits), colours, side=SIDE, smooth=look.smooth)
        title = f"{result.plan.network} {heatmap.place} {heatmap.reduction}"
        return framed(picture, colours, *limits, title)

    name = f"{result.plan.network}-{heatmap.place}-{heatmap.reduction.replace(' ', '')}"
    download_png(file, name, "heatmap_download", t("activations.maps.download"))
