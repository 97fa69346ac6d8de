"""The block of the visitor's numbers: its diagram, its shapes, its costs, and every operation spelled out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from resnet_viz.analysis.arithmetic import spelled_macs, spelled_params
from resnet_viz.analysis.block_numbers import BlockNumbers, notes
from resnet_viz.analysis.numbers import count
from resnet_viz.analysis.rows import shape_text
from resnet_viz.figures.graph_render import MEDIA_TYPES
from resnet_viz.records import BlockRecord, Blueprint, LayerRecord
from resnet_viz.ui.cache import block_diagram, block_plan
from resnet_viz.ui.clickable_svg import Pane, clickable_svg
from resnet_viz.ui.facts import facts
from resnet_viz.ui.names import kind_name, spoken_name
from resnet_viz.ui.selectable_table import selectable_table
from resnet_viz.ui.state import t

FIGURE_KEY = "block_figure"
OPERATION_KEY = "block_operation"
TABLE_KEY = "block_operations"


def build(numbers: BlockNumbers, twins: Sequence[BlockRecord], network: str) -> None:
    """Draw the block. `twins` are the blocks of `network` with the same numbers; the first lends its colour."""
    stage = twins[0].stage if twins else 1
    plan = block_plan(numbers, stage)
    _headline(numbers, plan)
    _remarks(numbers, twins, network)
    drawing, details = st.columns(2, gap="medium")
    with details:
        place = _operation(plan)
        _table(plan, place)
    with drawing:
        _diagram(numbers, plan, stage, place)


def _headline(numbers: BlockNumbers, plan: Blueprint) -> None:
    with st.grid(4, min_column_width=165):
        st.metric(t("blocks.build.input"), shape_text(numbers.input_shape), border=True)
        st.metric(t("blocks.build.output"), shape_text(plan.blocks[0].output_shape), border=True)
        st.metric(t("blocks.build.params"), count(plan.params), border=True)
        st.metric(t("blocks.build.macs"), count(plan.macs), border=True, help=t("blocks.build.macs_help"))


def _remarks(numbers: BlockNumbers, twins: Sequence[BlockRecord], network: str) -> None:
    """What these numbers are in the network, and what is odd about them."""
    lines = [t(f"blocks.notes.{note.code}", **dict(note.values)) for note in notes(numbers)]
    if numbers.s == 1:
        lines.append(t("blocks.notes.same_versions"))
    if twins:
        names = tuple(f"`{twin.name}`" for twin in twins)
        lines.insert(0, t("blocks.build.twins", names=names, network=network))
    if lines:
        st.info("\n\n".join(lines), icon=":material/info:")


def _operation(plan: Blueprint) -> str:
    """The native select box for one operation of the block, and what is known of it."""
    places = {_short(plan, layer.name): layer.name for layer in plan.layers}
    if st.session_state.get(OPERATION_KEY) not in places:
        st.session_state[OPERATION_KEY] = next(iter(places))
    chosen = st.selectbox(t("blocks.build.operation"), tuple(places), key=OPERATION_KEY, persist_state="session")
    layer = plan.layer(places[chosen])
    st.markdown(f"**{kind_name(layer)}**")
    facts(_facts(layer))
    st.code(layer.code, language="python", wrap_lines=True)
    return layer.name


def _facts(layer: LayerRecord) -> list[tuple[str, str]]:
    return [
        (t("blocks.build.shape_in"), " + ".join(shape_text(shape) for shape in layer.input_shapes)),
        (t("blocks.build.shape_out"), shape_text(layer.output_shape)),
        (t("blocks.build.params"), spelled_params(layer)),
        (t("blocks.build.macs"), spelled_macs(layer)),
    ]


def _diagram(numbers: BlockNumbers, plan: Blueprint, stage: int, place: str) -> None:
    pane = Pane(
        title=f"{numbers.label} {numbers.text}",
        svg=block_diagram(numbers, stage).decode(),
        selected=place,
        names={layer.name: spoken_name(plan, layer.name) for layer in plan.layers},
    )
    clickable_svg([pane], key=FIGURE_KEY, on_select=partial(_select, plan), step=0)
    with st.container(horizontal=True, vertical_alignment="center"):
        for kind, mime in MEDIA_TYPES.items():
            st.download_button(
                kind.upper(),
                data=partial(block_diagram, numbers, stage, kind),
                file_name=f"{_file_name(numbers)}.{kind}",
                mime=mime,
                key=f"block_download_{kind}",
                icon=":material/download:",
                on_click="ignore",
            )


def _select(plan: Blueprint, place: str) -> None:
    """Choose an operation by its place; none, for a click beside the boxes, keeps the one that is chosen."""
    if place in plan.blocks[0].layers:
        st.session_state[OPERATION_KEY] = _short(plan, place)


def _file_name(numbers: BlockNumbers) -> str:
    """`BTNK1-256-56-128-2-v1.5`."""
    values = (numbers.c, numbers.w) if numbers.label == "BTNK2" else (numbers.c, numbers.w, numbers.c1, numbers.s)
    return "-".join([numbers.label, *map(str, values), numbers.version])


def _table(plan: Blueprint, place: str) -> None:
    """All operations; a selected row selects the box, and back."""
    number = st.column_config.NumberColumn
    names = [layer.name for layer in plan.layers]
    selectable_table(
        pd.DataFrame(
            {
                "name": [_short(plan, name) for name in names],
                "output": [shape_text(layer.output_shape) for layer in plan.layers],
                "params": [layer.params for layer in plan.layers],
                "macs": [layer.macs for layer in plan.layers],
            }
        ),
        names,
        place,
        key=TABLE_KEY,
        on_select=partial(_select, plan),
        columns={
            "name": st.column_config.TextColumn(t("blocks.build.operation"), pinned=True),
            "output": t("blocks.build.shape_out"),
            "params": number(t("blocks.build.params"), format="localized"),
            "macs": number(t("blocks.build.macs"), format="localized"),
        },
        name=t("blocks.build.table_name"),
    )
    st.caption(t("blocks.build.total", params=count(plan.params), macs=count(plan.macs)))


def _short(plan: Blueprint, place: str) -> str:
    """`conv1` for `layer1.0.conv1`: there is but one block here."""
    return place.removeprefix(f"{plan.blocks[0].name}.")
