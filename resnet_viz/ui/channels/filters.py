"""The filters that read the picture itself: each as a small picture, in colour over red, green and blue."""

from __future__ import annotations

import numpy as np
import streamlit as st

from resnet_viz.analysis.convolutions import Convolution
from resnet_viz.figures.gallery import Sheet, filter_tile, sheet
from resnet_viz.ui.channels.channel import select_channel
from resnet_viz.ui.channels.kernel_plot import kernel_plot, kernel_tile
from resnet_viz.ui.state import t
from resnet_viz.ui.tiles import Tile, TileGroup, tiles

_SIDE = 56
_COLOURS = ("red", "green", "blue")


def filters(found: Convolution, channel: int) -> None:
    """Draw all filters, and the one of `channel` with its weights."""
    small, large = st.columns([7, 4], gap="medium")
    with small:
        filter_sheet(found, channel)
    with large:
        _one(found, channel)


def filter_sheet(found: Convolution, channel: int) -> None:
    """Draw all filters, that of `channel` marked; a click selects one."""
    colour = _in_colour(found)
    st.caption(t("channels.filters.colour" if colour else "channels.filters.grey"))
    names = [t("channels.filters.tile", channel=index) for index in range(len(found.weight))]
    tiles(
        (TileGroup("", "", "", tuple(Tile(str(n), n, str(n), name) for n, name in enumerate(names))),),
        _sheet(found, colour),
        selected=str(channel),
        label=t("channels.filters.label", place=found.place),
        key="filter_tiles",
        on_select=select_channel,
        side=_SIDE,
        crisp=True,
    )


def _one(found: Convolution, channel: int) -> None:
    """The filter of a channel, large where it has colours, and its weights."""
    kernel = found.weight[channel]
    colour = _in_colour(found)
    if colour:
        st.image(filter_tile(kernel, 280), caption=t("channels.filters.tile", channel=channel), alt=found.place)
    far = float(np.abs(kernel).max())
    for index, values in enumerate(kernel):
        title = t(f"channels.filters.{_COLOURS[index]}") if colour else t("channels.filters.only")
        kernel_plot(values, far, title, f"kernel_plot_{index}", side=200)
    st.caption(t("channels.kernels.scale", far=f"{far:.4g}"))


def _in_colour(found: Convolution) -> bool:
    return int(found.weight.shape[1]) == len(_COLOURS)


def _sheet(found: Convolution, colour: bool) -> Sheet:
    if colour:
        return sheet([filter_tile(kernel, _SIDE) for kernel in found.weight])
    return sheet([kernel_tile(kernel[0], float(np.abs(kernel).max()), _SIDE) for kernel in found.weight])
