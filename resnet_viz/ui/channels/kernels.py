"""Which input channels an output channel reads, and with what kernels."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from resnet_viz.analysis.convolutions import Convolution, Weights, strength, weight_map
from resnet_viz.analysis.heatmaps import limits, to_uint8
from resnet_viz.figures.bars import ANSWER_COLOR, Bar, bars
from resnet_viz.figures.gallery import sheet, table_png
from resnet_viz.figures.overlays import number
from resnet_viz.figures.palette import colour_map
from resnet_viz.ui.channels.kernel_plot import kernel_plot, kernel_tile
from resnet_viz.ui.choices import asked_number, remember
from resnet_viz.ui.colour_bar import colour_bar
from resnet_viz.ui.state import t
from resnet_viz.ui.tiles import Tile, TileGroup, tiles

_KERNEL_KEY = "kernel"
"""The input channel whose kernel is enlarged, also in the URL."""
_PAGE = 64
_SIDE = 56
_LISTED = 12
_WIDE, _HIGH = 1000, 420
"""Most pixels of the table of all weights."""


def matrix(found: Convolution) -> None:
    """Draw how strongly each output channel reads each input channel, the longer side from left to right."""
    table = strength(found.weight)
    outputs, inputs = table.shape
    turned = outputs > inputs
    heatmap = weight_map(found.place, "weights", table.T if turned else table)
    low, high = limits([heatmap])
    st.caption(t("channels.matrix.weights" if found.size == (1, 1) else "channels.matrix.norms"))
    alt = t("channels.matrix.alt", place=found.place, outputs=outputs, inputs=inputs)
    rows, columns = heatmap.values.shape
    with st.container(width=min(_WIDE, _HIGH * columns // rows)):
        data = table_png(to_uint8(heatmap, low, high), colour_map(signed=heatmap.signed))
        st.image(data, width="stretch", alt=alt)
        colour_bar(heatmap, low, high)
    st.caption(t(f"channels.matrix.{'columns' if turned else 'rows'}", outputs=outputs, inputs=inputs))


def kernels(found: Convolution, channel: int) -> None:
    """Draw what the output channel `channel` reads: its strongest weights, or its kernels, the strongest first."""
    row = strength(found.weight)[channel]
    order = _strongest_first(row)
    first = found.inputs_of(channel).start
    st.markdown(t("channels.kernels.title", channel=channel))
    if found.size == (1, 1):
        st.caption(t("channels.kernels.single", shown=min(_LISTED, len(row)), all=len(row)))
        _list(row, order, first)
        return
    st.caption(t("channels.kernels.about"))
    chosen = asked_number(_KERNEL_KEY, first + order[0], first, first + len(row) - 1)
    small, large = st.columns([7, 4], gap="medium")
    far = float(np.abs(found.weight[channel]).max())
    with small:
        _kernel_tiles(found.weight[channel], row, first, far, chosen)
    with large:
        title = t("channels.kernels.one", input=chosen, channel=channel, norm=number(float(row[chosen - first])))
        kernel_plot(found.weight[channel, chosen - first], far, title, "kernel_plot")
        st.caption(t("channels.kernels.scale", far=number(far)))


def _list(row: Weights, order: Sequence[int], first: int) -> None:
    rows = [
        Bar(t("activations.vector.channel", index=first + n), float(row[n]), number(float(row[n])))
        for n in order[:_LISTED]
    ]
    with st.container(width=560):
        st.html(bars(rows, color=ANSWER_COLOR))


def _kernel_tiles(kernel: Weights, row: Weights, first: int, far: float, chosen: int) -> None:
    order = _strongest_first(row)
    pages = -(-len(order) // _PAGE)
    page = st.pagination(pages, key="kernel_page") if pages > 1 else 1
    shown = order[(page - 1) * _PAGE : page * _PAGE]
    names = [t("channels.kernels.tile", input=first + n, norm=number(float(row[n]))) for n in shown]
    made = tuple(
        Tile(str(first + n), at, str(first + n), name) for at, (n, name) in enumerate(zip(shown, names, strict=True))
    )
    tiles(
        (TileGroup("", "", "", made),),
        sheet([kernel_tile(kernel[n], far, _SIDE) for n in shown]),
        selected=str(chosen),
        label=t("channels.kernels.label"),
        key="kernel_tiles",
        on_select=lambda id: remember(_KERNEL_KEY, id),
        side=_SIDE,
        crisp=True,
    )


def _strongest_first(row: Weights) -> list[int]:
    found: list[int] = np.argsort(-np.abs(row), kind="stable").tolist()
    return found
