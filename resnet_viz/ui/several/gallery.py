"""The maps of several pictures over them, one large, and what of all this can be kept as files."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from PIL import Image

from resnet_viz.analysis.answers import answers_csv, percent
from resnet_viz.analysis.heatmaps import limits, to_uint8
from resnet_viz.analysis.scripts import opening_of_several
from resnet_viz.analysis.scripts_several import several_script
from resnet_viz.analysis.several import SIDE, How, Seen, maps_by_name
from resnet_viz.figures.bars import ANSWER_COLOR
from resnet_viz.figures.gallery import Sheet, sheet
from resnet_viz.figures.overlays import OPACITY, framed, overlay, png
from resnet_viz.figures.palette import colour_map
from resnet_viz.ui.activations.answer import answer_bars, class_name
from resnet_viz.ui.activations.run import Result
from resnet_viz.ui.choices import choose
from resnet_viz.ui.colour_bar import colour_bar
from resnet_viz.ui.several.table import show, shown
from resnet_viz.ui.state import prose, t
from resnet_viz.ui.take_away.copy import copy_as_pytorch
from resnet_viz.ui.take_away.files import download_csv, download_npz, download_png
from resnet_viz.ui.tiles import Tile, TileGroup, tiles

_SCALES = ("all", "own")
_SIDE = 132
"""CSS pixels of a small picture."""

Limits = tuple[float, float]


def gallery(result: Result, place: str, how: How, seen: Sequence[Seen]) -> None:
    """Draw all pictures with their maps; a click shows one large with its answer."""
    scale = choose(
        t("several.scale"), _SCALES, key="several_scale", name=lambda id: t(f"several.scale_{id}"), in_url=True
    )
    maps = [one.heatmap for one in seen]
    shared = limits(maps) if scale == "all" else None
    made = sheet([overlay_of(one, shared) for one in seen], columns=8, lossless=False)
    large = shown(seen)
    left, right = st.columns([7, 4], gap="medium")
    with left:
        flat = tuple(one.name for one in seen if one.heatmap.low == one.heatmap.high)
        st.caption(prose([t("several.look"), *([t("several.flat", names=flat)] if flat else [])]))
        group = TileGroup("", "", "", tuple(_tile(n, one) for n, one in enumerate(seen)))
        tiles(
            [group],
            made,
            selected=large,
            label=t("several.gallery"),
            key="several_tiles",
            on_select=show,
            side=_SIDE,
            clip=True,
        )
        _downloads(f"{result.plan.network} {place} {how}", seen, made, shared)
    with right:
        _large(result, seen[int(large)], shared)
    copy_as_pytorch(_script(result, place, how, seen), f"{result.plan.network}-{place}-several")


def overlay_of(one: Seen, shared: Limits | None) -> Image.Image:
    """The map over its picture, coloured by the scale of all or by its own."""
    levels = to_uint8(one.heatmap, *(shared or limits([one.heatmap])))
    return overlay(one.picture, levels, colour_map(signed=_signed(one, shared)), OPACITY, side=SIDE)


def _signed(one: Seen, shared: Limits | None) -> bool:
    return one.heatmap.signed if shared is None else shared[0] < 0


def _tile(n: int, one: Seen) -> Tile:
    best = one.answers[0]
    name = t("several.tile", name=one.name, label=class_name(best.label), percent=percent(best.probability, 0))
    answer = f"{class_name(best.label)} {percent(best.probability, 0)} %"
    return Tile(str(n), n, f"{n + 1} {one.name}\n{answer}", name)


def _large(result: Result, one: Seen, shared: Limits | None) -> None:
    st.image(overlay_of(one, shared), width="stretch", caption=one.name, alt=f"{one.name} {one.heatmap.reduction}")
    colour_bar(one.heatmap, *(shared or limits([one.heatmap])))
    st.html(answer_bars(result.loaded.info, one.answers, ANSWER_COLOR))


def _script(result: Result, place: str, how: How, seen: Sequence[Seen]) -> str:
    notes = tuple(dict.fromkeys(note for one in seen for note in one.notes))
    plan, fit = result.plan, result.prepared.fit
    opening = opening_of_several(plan.network, result.loaded.info, plan.size, fit, notes=notes)
    return opening + several_script(plan, place, how, [one.given.path for one in seen])


def _downloads(title: str, seen: Sequence[Seen], made: Sheet, shared: Limits | None) -> None:
    name = f"{title.replace(' ', '-')}-several"

    def picture() -> bytes:
        if shared is None:
            return png(made.picture)
        return framed(made.picture, colour_map(signed=shared[0] < 0), *shared, title)

    with st.container(horizontal=True):
        download_csv(lambda: answers_csv([(one.name, one.answers) for one in seen]), name, "several_csv")
        download_png(picture, name, "several_png")
        download_npz(lambda: maps_by_name(seen), name, "several_npz")
