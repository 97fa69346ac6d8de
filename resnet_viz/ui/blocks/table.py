"""The bottlenecks of a network with their numbers, read off the live blueprint, and the article's two rules."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from resnet_viz.analysis.block_numbers import numbers_of, rules
from resnet_viz.analysis.rows import shape_text
from resnet_viz.blueprint.options import along_width
from resnet_viz.networks.catalog import spec
from resnet_viz.records import BlockRecord, Blueprint, LayerRecord
from resnet_viz.ui.blocks.controls import set_numbers
from resnet_viz.ui.selectable_table import Columns, selectable_table, width_of
from resnet_viz.ui.state import select_place, t

TABLE_KEY = "block_table"
CHOICE_KEY = "block_choice"
MOST_ROWS = 17
"""Blocks that are shown at once; ResNet-152 has 50, and what the table comes to stands below it."""


def block_table(plan: Blueprint, twins: Sequence[BlockRecord]) -> None:
    """Draw the table; a selected row puts its numbers into the controls, which are now those of `twins`."""
    names, now = [block.name for block in plan.blocks], [twin.name for twin in twins]
    chosen = st.session_state.get(CHOICE_KEY)
    st.markdown(t("blocks.table.about", network=spec(plan.network).title, size=plan.size))
    selectable_table(
        _frame(plan),
        names,
        chosen if chosen in now else next(iter(now), None),
        key=TABLE_KEY,
        on_select=partial(_take, plan),
        columns=_columns(names),
        name=t("blocks.table.name", network=spec(plan.network).title),
        height="content" if len(names) <= MOST_ROWS else 36 * MOST_ROWS,
    )
    _native_choice(plan, twins)
    _verdict(plan)


def _native_choice(plan: Blueprint, twins: Sequence[BlockRecord]) -> None:
    """The same for keyboards, phones and tests: a select box and a button."""
    titles = {block.name: f"{block.name}  {block.label} {numbers_of(block).text}" for block in plan.blocks}
    if st.session_state.get(CHOICE_KEY) not in titles:
        st.session_state[CHOICE_KEY] = twins[0].name if twins else plan.blocks[0].name
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            t("blocks.table.choice"),
            tuple(titles),
            format_func=titles.__getitem__,
            key=CHOICE_KEY,
            persist_state="session",
            width=420,
        )
        st.button(
            t("blocks.table.use"),
            key="block_use",
            icon=":material/input:",
            on_click=_take,
            args=(plan, chosen),
        )


def _take(plan: Blueprint, name: str) -> None:
    """Put a block's numbers into the controls, and select it on the other pages too."""
    set_numbers(numbers_of(plan.block(name)))
    st.session_state[CHOICE_KEY] = name
    select_place(name)


def _frame(plan: Blueprint) -> pd.DataFrame:
    blocks = plan.blocks
    return pd.DataFrame(
        {
            "name": [block.name for block in blocks],
            "stage": [block.stage for block in blocks],
            "label": [block.label for block in blocks],
            "C": [block.c for block in blocks],
            "W": [block.w for block in blocks],
            "C1": [block.c1 for block in blocks],
            "S": [block.s for block in blocks],
            "stride_rule": [_stride_rule(block) for block in blocks],
            "channel_rule": [_channel_rule(block) for block in blocks],
            "output": [shape_text(block.output_shape) for block in blocks],
            "params": [block.params for block in blocks],
            "macs": [block.macs for block in blocks],
        }
    )


def _stride_rule(block: BlockRecord) -> str | None:
    found = rules(block)
    return f"{_mark(found.stride)} S = {block.s}" if found else None


def _channel_rule(block: BlockRecord) -> str | None:
    found = rules(block)
    if not found:
        return None
    times = block.c / block.c1
    return f"{_mark(found.channels)} C = {'' if times == 1 else f'{times:g} '}C1"


def _mark(holds: bool) -> str:
    return "✓" if holds else "✗"


def _columns(names: Sequence[str]) -> Columns:
    number, text = st.column_config.NumberColumn, st.column_config.TextColumn
    return {
        "name": text(t("blocks.table.block"), pinned=True, width=width_of(names)),
        "stage": number(t("blocks.table.stage"), width=60),
        "label": text(t("blocks.table.kind"), width=74),
        **{name: number(name, width=width) for name, width in (("C", 54), ("W", 46), ("C1", 50), ("S", 38))},
        "stride_rule": text(t("blocks.table.stride_rule"), width=88),
        "channel_rule": text(t("blocks.table.channel_rule"), width=102),
        "output": t("blocks.table.output"),
        "params": number(t("blocks.build.params"), format="localized"),
        "macs": number(t("blocks.build.macs"), format="localized"),
    }


def _verdict(plan: Blueprint) -> None:
    """The rules, and what else the article says of these blocks, beside what the live model says."""
    judged = [(block, found) for block in plan.blocks if (found := rules(block)) is not None]
    stride, channels = sum(found.stride for _, found in judged), sum(found.channels for _, found in judged)
    halving = [block.name for block, _ in judged if block.s > 1]
    st.markdown(t("blocks.table.stride_verdict", holds=stride, all=len(judged)))
    st.markdown(t("blocks.table.channel_verdict", holds=channels, all=len(judged)))
    st.subheader(t("blocks.table.claims"), anchor=False)
    names = tuple(f"`{name}`" for name in halving)
    st.markdown(t("blocks.table.claim_size", count=len(halving), all=len(judged), names=names))
    strided = [name for block in halving for name in plan.block(block).branch if _is_strided(plan.layer(name))]
    names = tuple(f"`{name}`" for name in strided)
    st.markdown(t("blocks.table.claim_stride", network=spec(plan.network).title, names=names))


def _is_strided(layer: LayerRecord) -> bool:
    return along_width(layer.options.get("stride", 1)) > 1
