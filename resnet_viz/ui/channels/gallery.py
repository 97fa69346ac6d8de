"""All channels of a place as one picture of small maps, sorted and paged; a click enlarges one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from torch import Tensor

from resnet_viz.analysis.channels import STATISTICS, Numbers, as_csv, ranking
from resnet_viz.analysis.heatmaps import is_vector, layer_limits, limits, reduce, to_uint8, with_cells
from resnet_viz.analysis.numbers import count
from resnet_viz.analysis.scripts_channels import gallery_lines
from resnet_viz.figures.gallery import Sheet, map_tile, sheet
from resnet_viz.figures.overlays import number, png
from resnet_viz.figures.palette import colour_map
from resnet_viz.ui.activations.answer import class_name
from resnet_viz.ui.activations.run import Result, activations, tensor_at
from resnet_viz.ui.cache import store
from resnet_viz.ui.channels.channel import chosen_channel, select_channel
from resnet_viz.ui.channels.enlarged import enlarged
from resnet_viz.ui.channels.ranking import influences_at, statistics_at
from resnet_viz.ui.choices import choose, switch
from resnet_viz.ui.class_select import class_select
from resnet_viz.ui.state import prose, select_place, t
from resnet_viz.ui.take_away.copy import copy_as_pytorch, opening
from resnet_viz.ui.take_away.files import download_csv, download_npz, download_png
from resnet_viz.ui.tiles import Tile, TileGroup, tiles

ORDERS = (*STATISTICS, "influence", "number")
SCALES = ("map", "layer")
PAGE = 64
_SIDE = 56


@dataclass(frozen=True, slots=True)
class _Sorted:
    """The channels of a place in the chosen order."""

    order: str
    numbers: Numbers | None
    """What they are sorted by; None for their own numbers."""
    channels: tuple[int, ...]
    class_index: int | None
    lowest_first: bool


def gallery(result: Result, place: str) -> None:
    """Draw the small maps, their order, and the enlarged one."""
    tensor = tensor_at(result, place)
    if is_vector(tensor):
        no_maps(result, place)
        return
    st.markdown(t("channels.maps.about", place=place, count=count(tensor.shape[1])))
    found, scale = _controls(result, place, tensor)
    small, large = st.columns([7, 4], gap="medium")
    with small:
        st.caption(_said(result, place, found))
        shown = _page(found, place)
        made = _sheet(result, place, tensor, shown, scale)
        group = TileGroup("", "", "", tuple(_tile(result, place, found, n, index) for n, index in enumerate(shown)))
        tiles(
            (group,),
            made,
            selected=str(chosen_channel(tensor)),
            label=t("channels.maps.label", place=place),
            key="channel_tiles",
            on_select=select_channel,
            side=_SIDE,
            crisp=True,
        )
        _downloads(result, place, tensor, found, made)
    with large:
        enlarged(result, place, tensor, scale, found.numbers if found.order == "influence" else None)
    lines = gallery_lines(result.plan, place, found.order, found.class_index, lowest_first=found.lowest_first)
    copy_as_pytorch(opening(result) + lines, f"{result.plan.network}-{place}-channels")


def no_maps(result: Result, place: str) -> None:
    """Say that a place has no maps, and where there are some."""
    # At small inputs the last stages put out one number a channel as well.
    last = with_cells(result.plan, result.plan.stages[-1].name)
    st.info(t("channels.vector", place=place), icon=":material/info:")
    st.button(t("channels.go", place=last), key="channels_go", on_click=select_place, args=(last,))


def _controls(result: Result, place: str, tensor: Tensor) -> tuple[_Sorted, str]:
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        order = choose(
            t("channels.order"), ORDERS, key="order", name=lambda id: t(f"channels.orders.{id}"), in_url=True
        )
        scale = choose(
            t("activations.maps.scale"),
            SCALES,
            key="channel_scale",
            name=lambda id: t(f"activations.maps.scale_{id}"),
            help=t("activations.maps.scale_help"),
            in_url=True,
        )
        lowest = order != "number" and switch(t("channels.lowest"), key="lowest_first")
    index = class_select(result) if order == "influence" else None
    numbers = _numbers(result, place, order, index)
    if numbers is None:
        return _Sorted(order, None, tuple(range(tensor.shape[1])), index, lowest), scale
    return _Sorted(order, numbers, ranking(numbers, lowest_first=lowest), index, lowest), scale


def _numbers(result: Result, place: str, order: str, class_index: int | None) -> Numbers | None:
    if class_index is not None:
        return influences_at(result, place, class_index)
    return next((statistics_at(result, place).of(name) for name in STATISTICS if name == order), None)


def _said(result: Result, place: str, found: _Sorted) -> str:
    """What the order means, and what came out."""
    dead = int(statistics_at(result, place).dead.sum())
    said = [t(f"channels.about.{found.order}")]
    if found.numbers is not None:
        best, least = int(found.numbers.argmax()), int(found.numbers.argmin())
        high, low = number(float(found.numbers[best])), number(float(found.numbers[least]))
        said.append(t("channels.range", best=best, high=high, least=least, low=low))
    if found.numbers is not None and found.class_index is not None:
        name = class_name(result.loaded.info.labels[found.class_index])
        logit = number(float(activations(result).logits[found.class_index]))
        said.append(t("channels.influence.total", name=name, total=number(float(found.numbers.sum())), logit=logit))
    said.append(t("channels.dead", dead=count(dead), all=count(len(found.channels))))
    return prose(said)


def _page(found: _Sorted, place: str) -> tuple[int, ...]:
    pages = -(-len(found.channels) // PAGE)
    # Another place or order begins at its first page.
    page = st.pagination(pages, key=f"channel_page {place} {found.order} {found.channels[0]}") if pages > 1 else 1
    return found.channels[(page - 1) * PAGE : page * PAGE]


def _sheet(result: Result, place: str, tensor: Tensor, shown: Sequence[int], scale: str) -> Sheet:
    def make() -> Sheet:
        ends = layer_limits(tensor) if scale == "layer" else None
        pictures = []
        for index in shown:
            heatmap = reduce(tensor, place, "channel", index)
            levels = to_uint8(heatmap, *(ends or limits([heatmap])))
            pictures.append(map_tile(levels, colour_map(signed=heatmap.signed), _SIDE))
        return sheet(pictures)

    key = ("channel sheet", result.key, place, scale, tuple(shown))
    return store().get(key, make, lambda made: 4 * made.picture.width * made.picture.height + len(made.data))


def _tile(result: Result, place: str, found: _Sorted, at: int, index: int) -> Tile:
    if statistics_at(result, place).dead[index]:
        name = t("channels.tile_dead", channel=index)
    elif found.numbers is None:
        name = t("channels.tile", channel=index)
    else:
        name = t(
            "channels.tile_number",
            channel=index,
            what=t(f"channels.orders.{found.order}"),
            value=number(float(found.numbers[index])),
        )
    return Tile(str(index), at, str(index), name)


def _downloads(result: Result, place: str, tensor: Tensor, found: _Sorted, made: Sheet) -> None:
    name = f"{result.plan.network}-{place}-channels"
    influences = found.numbers if found.order == "influence" else None
    with st.container(horizontal=True, gap="small"):
        download_npz(lambda: {"maps": tensor[0].numpy()}, name, "channels_npz")
        download_csv(lambda: as_csv(statistics_at(result, place), influences), name, "channels_csv")
        download_png(lambda: png(made.picture), name, "channels_png")
