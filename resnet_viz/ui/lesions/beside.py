"""Two passes beside each other: answers, maps of the selected place and class maps, on one scale, with what differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import streamlit as st
from PIL import Image

from resnet_viz.analysis.departures import has_map
from resnet_viz.analysis.heatmaps import Reduction, difference, limits, to_uint8, with_cells
from resnet_viz.analysis.lesions import reaches
from resnet_viz.figures.bars import ANSWER_COLOR
from resnet_viz.figures.overlays import OPACITY, SIDE, alone, framed, number, overlay
from resnet_viz.figures.palette import colour_map
from resnet_viz.records import Heatmap
from resnet_viz.report import words
from resnet_viz.ui.activations.answer import answer_bars, class_name
from resnet_viz.ui.activations.run import Result, activations
from resnet_viz.ui.choices import choose
from resnet_viz.ui.colour_bar import colour_bar
from resnet_viz.ui.lesions.passes import Second, answers, class_maps, feature_maps
from resnet_viz.ui.state import language, prose, t
from resnet_viz.ui.take_away.files import download_npz, download_png

KINDS: tuple[Reduction, ...] = ("mean", "max", "norm")

_WIDTH = 980
"""Pixels of three maps beside each other: wider, they leave the page above out of sight."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Two passes, and what each of them shows."""

    result: Result
    second: Second
    before: str
    after: str


def answers_beside(sides: Sides, class_index: int) -> None:
    """Draw the likeliest classes of both passes, and say what became of the one that is watched."""
    info = sides.result.loaded.info
    both = answers(sides.result, sides.second, class_index)
    with st.grid(2, min_column_width=300):
        for label, answer in zip((sides.before, sides.after), both, strict=True):
            with st.container():
                st.caption(label)
                st.html(answer_bars(info, answer.predictions, ANSWER_COLOR))
    first, then = (answer.predictions[0] for answer in both)
    watched = both[0].probability, both[1].probability
    st.markdown(words.watched(language(), class_name(info.labels[class_index]), watched, (first, then)))


def maps_beside(sides: Sides, place: str) -> None:
    """Draw one kind of map of the selected place in both passes, and where they differ."""
    st.markdown(t("lesions.maps.title", place=place))
    if not has_map(sides.result.loaded.program, activations(sides.result), place):
        st.caption(t("lesions.maps.vector", place=place))
        return
    how = choose(t("activations.maps.how"), KINDS, key="how", name=lambda id: t(f"activations.maps.{id}"), in_url=True)
    found = feature_maps(sides.result, sides.second, place, how)
    signed = found.before.signed or found.after.signed
    pair = [replace(one, signed=signed) for one in (found.before, found.after)]
    ends = limits(pair)
    gap = limits([found.gap])
    _row(
        [
            (t("lesions.before"), pair[0], ends, None),
            (t("lesions.after"), pair[1], ends, None),
            (t("lesions.maps.gap"), found.gap, (0.0, gap[1]), None),
        ]
    )
    st.caption(t("lesions.maps.look") if found.gap.high > 0 else t("lesions.maps.same", place=place))
    name = f"{sides.result.plan.network}-{place}-{how}"
    with st.container(horizontal=True, gap="small"):
        download_png(lambda: _pair_png(pair, ends, f"{name} before, after"), f"{name}-before-after", key="lesion_png")
        arrays = {"before": pair[0].values, "after": pair[1].values, "difference": found.gap.values}
        download_npz(arrays, f"{name}-before-after", key="lesion_npz")


def class_maps_beside(sides: Sides, place: str, class_index: int) -> None:
    """Draw what speaks for a class in both passes, over the picture that each of them saw, and the difference."""
    label = class_name(sides.result.loaded.info.labels[class_index])
    kept = activations(sides.result)
    usable = has_map(sides.result.loaded.program, kept, place) and reaches(sides.second.program, place)
    where = place if usable else with_cells(sides.result.plan, sides.result.plan.stages[-1].name)
    st.markdown(t("lesions.class_map.title", name=label, place=where))
    if not usable:
        st.caption(t("lesions.class_map.elsewhere", place=place, shown=where))
    before, after = class_maps(sides.result, sides.second, where, class_index)
    ends = (0.0, max(before.high, after.high))
    change = difference(after, before)
    seen = sides.result.prepared.seen, sides.second.prepared.seen
    _row(
        [
            (t("lesions.before"), before, ends, seen[0]),
            (t("lesions.after"), after, ends, seen[1]),
            (t("lesions.class_map.difference"), change, limits([change]), None),
        ]
    )
    empty = [t(f"lesions.class_map.empty_{n}") for n, one in (("before", before), ("after", after)) if one.high <= 0]
    st.caption(prose([t("lesions.class_map.look"), *empty]))
    name = f"{sides.result.plan.network}-{where}-grad-cam"
    with st.container(horizontal=True, gap="small"):
        made = f"{name}-before-after"
        download_png(lambda: _pair_png([before, after], ends, f"{name} before, after"), made, key="lesion_class_png")
        download_npz({"before": before.values, "after": after.values}, made, key="lesion_class_npz")


def _row(shown: Sequence[tuple[str, Heatmap, tuple[float, float], Image.Image | None]]) -> None:
    """Maps with their captions and colours; over a picture where there is one."""
    with st.container(width=_WIDTH), st.grid(len(shown), min_column_width=150):
        for caption, one, (low, high), seen in shown:
            with st.container():
                levels, colours = to_uint8(one, low, high), colour_map(signed=one.signed)
                if seen is None:
                    picture = alone(levels, colours, side=SIDE)
                else:
                    picture = overlay(seen, levels, colours, OPACITY, side=SIDE, smooth=True)
                name = f"{caption}: {one.place} {one.reduction}, {number(one.low)} – {number(one.high)}"
                st.image(picture, width="stretch", caption=caption, output_format="PNG", alt=name)
                colour_bar(one, low, high)


def _pair_png(pair: Sequence[Heatmap], ends: tuple[float, float], title: str) -> bytes:
    colours = colour_map(signed=pair[0].signed)
    pictures = [np.asarray(alone(to_uint8(one, *ends), colours, side=SIDE)) for one in pair]
    gap = np.full((pictures[0].shape[0], 12, 3), 255, np.uint8)
    return framed(Image.fromarray(np.concatenate([pictures[0], gap, pictures[1]], axis=1)), colours, *ends, title)
