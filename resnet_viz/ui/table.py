"""The table of all operations: sorted, searched, added up, and part of the one selection."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from resnet_viz.analysis.numbers import count, megabytes
from resnet_viz.analysis.rows import Totals, as_csv, shape_text, totals
from resnet_viz.records import Blueprint, LayerRecord
from resnet_viz.ui.names import kind_name
from resnet_viz.ui.selectable_table import Columns, selectable_table, width_of
from resnet_viz.ui.state import current_network, prose, select_place, t
from resnet_viz.ui.take_away.files import download_csv

TABLE_KEY = "operations"
SEARCH_KEY = "operations_search"

_TIMES = re.compile(r"(?<=\d)\s*[x×*]\s*(?=\d)")
"""The sign between two sides, however it is written: `3x3`, `3 x 3`, `3×3`."""


def table(plan: Blueprint, place: str) -> None:
    """Draw the search box, the table with the row of `place` selected, its totals, and the CSV."""
    query = st.text_input(
        t("architecture.search"),
        key=SEARCH_KEY,
        type="search",
        live="300ms",
        placeholder=t("architecture.search_hint"),
        persist_state="session",
    )
    shown = matching(plan.layers, query or "")
    names = [layer.name for layer in shown]
    selectable_table(
        _frame(shown),
        names,
        place,
        key=TABLE_KEY,
        on_select=select_place,
        columns=_columns(names),
        name=t("architecture.table_name", network=current_network()),
        height=440,
        own=("Search", "Download as CSV"),
    )
    st.caption(_sum(plan, shown))
    download_csv(lambda: as_csv(plan), f"{plan.network}-{plan.size}", "table_csv", t("architecture.csv"))


def matching(layers: Sequence[LayerRecord], query: str) -> list[LayerRecord]:
    """The operations whose place, kind, name or shape contain every word of a query, whatever the case.

    `3x3`, `3 x 3` and `3×3` are one word, which `13x3` does not contain.
    """
    words = [_pattern(word) for word in _one_spelling(query).split()]
    return [layer for layer in layers if all(word.search(_searched(layer)) for word in words)]


def _one_spelling(query: str) -> str:
    return _TIMES.sub("x", unicodedata.normalize("NFKC", query).lower())


def _pattern(word: str) -> re.Pattern[str]:
    starts_a_size = re.match(r"\d+x", word)
    return re.compile((r"(?<!\d)" if starts_a_size else "") + re.escape(word))


def _searched(layer: LayerRecord) -> str:
    return f"{layer.name} {layer.kind} {kind_name(layer)} {shape_text(layer.output_shape)}".lower()


def _frame(layers: Sequence[LayerRecord]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name": [layer.name for layer in layers],
            "kind": [kind_name(layer) for layer in layers],
            "stage": pd.array([layer.stage for layer in layers], dtype="Int64"),
            "output_shape": [shape_text(layer.output_shape) for layer in layers],
            "params": [layer.params for layer in layers],
            "macs": [layer.macs for layer in layers],
            "receptive_field": [layer.receptive_field for layer in layers],
        }
    )


def _columns(names: Sequence[str]) -> Columns:
    number = st.column_config.NumberColumn
    return {
        "name": st.column_config.TextColumn(t("architecture.place"), pinned=True, width=width_of(names)),
        "kind": t("architecture.kind"),
        "stage": number(t("architecture.stage"), width="small"),
        "output_shape": t("architecture.output"),
        "params": number(t("architecture.params"), format="localized"),
        "macs": number(t("architecture.macs"), format="localized"),
        "receptive_field": number(t("architecture.field_px"), format="localized"),
    }


def _sum(plan: Blueprint, shown: Sequence[LayerRecord]) -> str:
    if len(shown) < len(plan.layers):
        return t(
            "architecture.found",
            shown=len(shown),
            all=len(plan.layers),
            params=count(sum(layer.params for layer in shown)),
            macs=count(sum(layer.macs for layer in shown)),
        )
    found = totals(plan)
    everything = t(
        "architecture.totals",
        operations=found.operations,
        linear=found.linear,
        additions=found.additions,
        params=count(found.params),
        macs=count(found.macs),
        memory=megabytes(found.activation_bytes),
    )
    return prose([_convolutions(found), everything])


def _convolutions(found: Totals) -> str:
    key = "architecture.convolutions" if found.projections else "architecture.convolutions_plain"
    return t(key, all=found.convolutions, main=found.main_path, projections=found.projections)
