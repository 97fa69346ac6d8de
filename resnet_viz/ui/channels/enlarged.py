"""One channel enlarged: over the picture, and alone with the value under the pointer."""

from __future__ import annotations

import streamlit as st
from torch import Tensor

from resnet_viz.analysis.channels import Numbers
from resnet_viz.analysis.heatmaps import layer_limits, limits, reduce, to_uint8
from resnet_viz.analysis.numbers import percent
from resnet_viz.figures.heatmap_plot import plot
from resnet_viz.figures.overlays import OPACITY, SIDE, alone, framed, number, overlay
from resnet_viz.figures.palette import colour_map
from resnet_viz.records import Heatmap
from resnet_viz.ui.activations.input import picture_name
from resnet_viz.ui.activations.run import Result
from resnet_viz.ui.channels.channel import channel_input
from resnet_viz.ui.channels.ranking import statistics_at
from resnet_viz.ui.colour_bar import colour_bar
from resnet_viz.ui.facts import facts
from resnet_viz.ui.state import t
from resnet_viz.ui.take_away.files import download_png


def enlarged(result: Result, place: str, tensor: Tensor, scale: str, influences: Numbers | None) -> None:
    """Draw the channel on show of a place, (1, C, H, W), with its numbers."""
    index = channel_input(tensor)
    heatmap = reduce(tensor, place, "channel", index)
    low, high = layer_limits(tensor) if scale == "layer" else limits([heatmap])
    if heatmap.low == heatmap.high:
        st.info(t("channels.one.constant", channel=index, value=number(heatmap.low)), icon=":material/info:")
    else:
        _pictures(result, heatmap, low, high)
    facts(_numbers(result, place, index, influences))
    download_png(lambda: _file(result, heatmap, low, high), f"{result.plan.network}-{place}-{index}", "channel_png")


def _pictures(result: Result, heatmap: Heatmap, low: float, high: float) -> None:
    colours = colour_map(signed=heatmap.signed)
    name = f"{heatmap.place} {heatmap.reduction}"
    over = overlay(result.prepared.seen, to_uint8(heatmap, low, high), colours, OPACITY, side=SIDE)
    st.image(over, width="stretch", alt=f"{picture_name(result.picture)} {name}")
    hover = t("activations.maps.hover", row="%{y}", column="%{x}", value="%{z:.4g}")
    figure = plot(heatmap.values, colours, low, high, hover=hover)
    st.plotly_chart(figure, width="stretch", key="channel_plot", config={"displayModeBar": False}, alt=name)
    colour_bar(heatmap, low, high)
    st.caption(t("channels.one.look"))


def _numbers(result: Result, place: str, index: int, influences: Numbers | None) -> list[tuple[str, str]]:
    found = statistics_at(result, place)
    rows = [(t(f"channels.orders.{name}"), number(float(found.of(name)[index]))) for name in ("mean", "variance")]
    rows.append((t("channels.orders.zeros"), percent(float(found.zeros[index]), 1)))
    if influences is not None:
        rows.append((t("channels.orders.influence"), number(float(influences[index]))))
    return rows


def _file(result: Result, heatmap: Heatmap, low: float, high: float) -> bytes:
    colours = colour_map(signed=heatmap.signed)
    picture = alone(to_uint8(heatmap, low, high), colours, side=SIDE)
    return framed(picture, colours, low, high, f"{result.plan.network} {heatmap.place} {heatmap.reduction}")
