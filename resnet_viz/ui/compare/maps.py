"""The same place of both networks as maps: of its channels on one scale of colours, and of what speaks for a class."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import streamlit as st

from resnet_viz.analysis.class_maps import grad_cam
from resnet_viz.analysis.heatmaps import Reduction, is_vector, limits, reduce, to_uint8
from resnet_viz.analysis.likeness import likeness, spread
from resnet_viz.figures.overlays import OPACITY, SIDE, alone, number, overlay
from resnet_viz.figures.palette import colour_map
from resnet_viz.records import NETWORK, ClassLabel, Heatmap
from resnet_viz.ui.activations.answer import class_name
from resnet_viz.ui.choices import choose
from resnet_viz.ui.colour_bar import colour_bar
from resnet_viz.ui.compare.runs import Both, Side, activations, output
from resnet_viz.ui.errors import guard
from resnet_viz.ui.place_select import place_select
from resnet_viz.ui.state import nearest, prose, t

MAPS: tuple[Reduction, ...] = ("mean", "max", "norm")
"""One channel is left out: after training, channel 7 of one network has nothing to do with channel 7 of the other."""
SCALES = ("one", "own")
OWN = "own"
"""The choice of a class that lets each network show the one it finds likeliest."""

_WIDTH = 760
"""Pixels of two maps beside each other: wider, the second leaves the first out of sight."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A network and its place on show, whose output is (1, C, H, W)."""

    side: Side
    place: str


@st.fragment
@guard()
def places(both: Both) -> None:
    """Draw the choice of a place and its maps in both networks."""
    st.subheader(t("compare_image.maps.title"), anchor=False)
    place = place_select(both[0].plan)
    shown = _shown(both, place)
    with st.container(horizontal=True, gap="medium"):
        how = choose(t("activations.maps.how"), MAPS, key="how", name=lambda id: t(f"activations.maps.{id}"))
        scale = choose(
            t("activations.maps.scale"),
            SCALES,
            key="compare_scale",
            name=lambda id: t(f"compare_image.maps.scales.{id}"),
            in_url=True,
        )
    _feature_maps(shown, how, scale)
    st.subheader(t("compare_image.classes.title"), anchor=False)
    st.markdown(t("compare_image.classes.about", places=_named(shown)))
    _class_maps(shown)


def _shown(both: Both, wish: str) -> tuple[Shown, Shown]:
    """The chosen place in each network, or the nearest that has a map; says where that is another one."""
    place = both[0].plan.stages[-1].name if wish == NETWORK else wish
    residual = _with_map(both[0], place)
    shown = Shown(both[0], residual), Shown(both[1], _with_map(both[1], nearest(both[1].plan, residual)))
    if wish not in {NETWORK, residual}:
        st.caption(t("compare_image.maps.no_map", place=wish, shown=residual))
    if shown[1].place != residual:
        st.caption(t("compare_image.maps.elsewhere", network=both[1].title, place=residual, shown=shown[1].place))
    return shown


def _named(shown: tuple[Shown, Shown]) -> str:
    """The place of both, or each one's."""
    residual, plain = (one.place for one in shown)
    if residual == plain:
        return f"`{residual}`"
    return t("compare_image.classes.two_places", residual=residual, plain=plain)


def _with_map(side: Side, place: str) -> str:
    """The place, or the last stage that has a map: a small picture is one cell by the end."""
    stages = (stage.name for stage in reversed(side.plan.stages))
    return next(name for name in (place, *stages) if not is_vector(output(side, name)))


def _feature_maps(shown: tuple[Shown, Shown], how: Reduction, scale: str) -> None:
    maps = [reduce(output(one.side, one.place), one.place, how) for one in shown]
    # One kind of colours for both, or the same value would have two colours.
    maps = [replace(made, signed=any(each.signed for each in maps)) for made in maps]
    ends = [limits(maps) if scale == "one" else limits([made]) for made in maps]
    with st.container(width=_WIDTH), st.grid(2, min_column_width=150):
        for one, made, (low, high) in zip(shown, maps, ends, strict=True):
            with st.container():
                colours = colour_map(signed=made.signed)
                name = f"{one.side.title} {made.place} {made.reduction}"
                picture = alone(to_uint8(made, low, high), colours, side=SIDE)
                st.image(
                    picture, width="stretch", caption=f"{one.side.title} · {one.place}", output_format="PNG", alt=name
                )
                colour_bar(made, low, high)
    look = "look" if scale == "one" else "look_own"
    st.caption(prose([t(f"compare_image.maps.{look}"), *_compared(shown, maps)]))


def _compared(shown: tuple[Shown, Shown], maps: list[Heatmap]) -> Iterator[str]:
    alike = likeness(*maps)
    yield t(
        "compare_image.maps.largest",
        residual=shown[0].side.title,
        plain=shown[1].side.title,
        residual_high=number(maps[0].high),
        plain_high=number(maps[1].high),
    )
    if alike is not None:
        yield t("compare_image.maps.alike", alike=f"{alike:.2f}")


def _class_maps(shown: tuple[Shown, Shown]) -> None:
    wish = _class_choice(shown)
    classes = [_class_of(one.side, wish) for one in shown]
    maps = [
        grad_cam(one.side.loaded.program, activations(one.side), one.place, index)
        for one, (index, _) in zip(shown, classes, strict=True)
    ]
    with st.container(width=_WIDTH), st.grid(2, min_column_width=150):
        for one, made, (index, label) in zip(shown, maps, classes, strict=True):
            with st.container():
                _class_map(one.side, made, index, class_name(label))
    said = [t("compare_image.classes.look")]
    alike = likeness(*maps)
    if alike is not None and classes[0][1].id == classes[1][1].id:
        said.append(t("compare_image.maps.alike", alike=f"{alike:.2f}"))
    st.caption(prose(said))


def _class_choice(shown: tuple[Shown, Shown]) -> str:
    """The id of the class that both are asked for, where both know the same classes."""
    labels, others = (one.side.loaded.info.labels for one in shown)
    if [label.id for label in labels] != [label.id for label in others]:
        st.caption(t("compare_image.classes.other_classes"))
        return OWN
    names = {label.id: class_name(label) for label in labels}
    return choose(
        t("compare_image.classes.choose"),
        (OWN, *names),
        key="compare_class",
        name=lambda id: names.get(id, t("compare_image.classes.own")),
        draw="select",
        in_url=True,
    )


def _class_of(side: Side, wish: str) -> tuple[int, ClassLabel]:
    labels = side.loaded.info.labels
    index = next((n for n, label in enumerate(labels) if label.id == wish), side.predictions[0].index)
    return index, labels[index]


def _class_map(side: Side, made: Heatmap, index: int, name: str) -> None:
    levels = to_uint8(made, 0.0, made.high)
    picture = overlay(side.prepared.seen, levels, colour_map(signed=False), OPACITY, side=SIDE, smooth=True)
    st.image(picture, width="stretch", caption=f"{side.title} · {made.place}", alt=f"{side.title} {made.place} {name}")
    logit = number(float(activations(side).logits[index]))
    if made.high > 0:
        share = f"{100 * spread(made):.0f}"
        st.caption(t("compare_image.classes.result", name=name, logit=logit, high=number(made.high), share=share))
    else:
        st.caption(t("compare_image.classes.nothing", name=name, logit=logit))
