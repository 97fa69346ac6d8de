"""Figures of the lesson on stages 1 to 4: the two kinds of block beside each other, and shapes to predict."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from resnet_viz.analysis.block_numbers import numbers_of
from resnet_viz.analysis.rows import shape_text
from resnet_viz.figures.operations import operation_title
from resnet_viz.learn.typed import read_shape
from resnet_viz.records import BlockRecord, Blueprint
from resnet_viz.ui.cache import diagram
from resnet_viz.ui.choices import choose, remember
from resnet_viz.ui.clickable_svg import Pane, clickable_svg
from resnet_viz.ui.inspector import headline
from resnet_viz.ui.learn.whole_network import lesson_plan, shown_place
from resnet_viz.ui.names import place_name, spoken_name
from resnet_viz.ui.state import select_place, t

PAIR_KEY, BLOCK_KEY, SIDE_KEY = "pair_stage", "predict_block", "predict_size"
SIZES = ("224", "256", "320", "352", "512")
"""Input sizes at which shapes are asked for, in pixels."""
_SEEN, _TYPED = "predict_seen", "predict_typed"
"""Session keys of the question whose answer is on show, and of what was typed."""


@st.fragment
def stages_pair() -> None:
    """The first two blocks of a stage: one that changes the shape, one that keeps it."""
    plan = lesson_plan()
    stages = {str(stage.number): stage.blocks[:2] for stage in plan.stages if stage.blocks}
    number = choose(
        t("learn_architecture.pair.stage"), tuple(stages), key=PAIR_KEY, name=str, default=next(iter(list(stages)[1:]))
    )
    blocks = [plan.block(name) for name in stages[number]]
    place = shown_place(plan)
    names = {name: spoken_name(plan, name) for name in plan.places}
    clickable_svg([_pane(plan, block, place, names) for block in blocks], key="pair_figure", on_select=_look)
    if any(place == block.name or place in block.layers for block in blocks):
        st.markdown(f"**{place_name(plan, place)}** `{place}`")
        headline(plan, place)
    else:
        st.caption(t("learn_architecture.pair.click"))


def _pane(plan: Blueprint, block: BlockRecord, place: str, names: dict[str, str]) -> Pane:
    title = f"{block.label} {block.name}, {numbers_of(block).text}"
    return Pane(title, diagram(plan.network, plan.size, block.name).decode(), place, names)


def _look(place: str) -> None:
    if place:
        select_place(place)


@st.fragment
def stages_predict() -> None:
    """A block and what enters it; the shape that leaves it is to be predicted, then all shapes inside are shown."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        size = int(choose(t("learn_architecture.predict.size"), SIZES, key=SIDE_KEY, name=str))
        plan = lesson_plan(size)
        titles = {block.name: f"{block.name}  {block.label} {numbers_of(block).text}" for block in plan.blocks}
        name = choose(
            t("learn_architecture.predict.block"),
            tuple(titles),
            key=BLOCK_KEY,
            name=titles.__getitem__,
            draw="select",
            default=_first_change(plan.blocks),
        )
    block = plan.block(name)
    asked = f"{size} {name}"
    st.markdown(t("learn_architecture.predict.entry", block=name, shape=shape_text(block.input_shape)))
    with st.form("predict", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        typed = st.text_input(t("learn_architecture.predict.leave"), key=f"{_TYPED} {asked}", width=260)
        if st.form_submit_button(t("learn_architecture.predict.check"), type="primary"):
            _judge(block, typed, asked)
    with st.container(horizontal=True):
        st.button(t("learn_architecture.predict.reveal"), key="predict_reveal", on_click=_reveal, args=(asked,))
        following = plan.blocks[(plan.blocks.index(block) + 1) % len(plan.blocks)].name
        st.button(
            t("learn_architecture.predict.next"),
            key="predict_next",
            on_click=_go,
            args=(following, _first_change(plan.blocks)),
        )
    if st.session_state.get(_SEEN) == asked:
        _inside(plan, block)


def _first_change(blocks: Sequence[BlockRecord]) -> str:
    """The first block that makes the map smaller."""
    return next(block.name for block in blocks if block.s > 1)


def _judge(block: BlockRecord, typed: str, asked: str) -> None:
    given = read_shape(typed)
    if given == block.output_shape:
        st.session_state[_SEEN] = asked
        st.success(t("learn_architecture.predict.right", shape=shape_text(given)), icon=":material/check:")
    elif given is None:
        st.warning(t("quiz.said.unreadable_shape"))
    else:
        channels = len(given) == len(block.output_shape) and given[0] == block.output_shape[0]
        sides = given[1:] == block.output_shape[1:]
        code = "sides" if channels else "channels" if sides else "both"
        st.warning(t(f"learn_architecture.predict.wrong_{code}"), icon=":material/close:")


def _reveal(asked: str) -> None:
    st.session_state[_SEEN] = asked


def _go(name: str, default: str) -> None:
    remember(BLOCK_KEY, name, in_url=False, default=default)


def _inside(plan: Blueprint, block: BlockRecord) -> None:
    """What each operation of the block gives."""
    st.markdown(
        t(f"learn_architecture.predict.why_{block.shortcut}", c=block.c, w=block.w, c1=block.c1, s=block.s)
        + f" **{shape_text(block.output_shape)}**"
    )
    layers = [plan.layer(name) for name in block.layers]
    st.table(
        pd.DataFrame(
            {
                t("learn_architecture.predict.operation"): [operation_title(layer) for layer in layers],
                t("architecture.place"): [layer.name.removeprefix(f"{block.name}.") for layer in layers],
                t("learn_architecture.predict.gives"): [shape_text(layer.output_shape) for layer in layers],
            }
        ).set_index(t("learn_architecture.predict.operation"))
    )
