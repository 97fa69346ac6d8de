"""The answers to several pictures as a table: a row for each, which shows it large."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from resnet_viz.analysis.several import Seen
from resnet_viz.ui.activations.answer import class_name
from resnet_viz.ui.choices import chosen, remember
from resnet_viz.ui.selectable_table import selectable_table
from resnet_viz.ui.state import t

_SHOWN = "several_shown"
_ROW, _TALLEST = 35, 420
"""Pixels of a row, and of the table."""


def ids(seen: Sequence[Seen]) -> tuple[str, ...]:
    """What tiles and rows are called."""
    return tuple(str(n) for n in range(len(seen)))


def shown(seen: Sequence[Seen]) -> str:
    """The picture that is shown large, the first until one is chosen."""
    return chosen(_SHOWN, ids(seen))


def show(id: str) -> None:
    """Show a picture large. Call it from a callback."""
    remember(_SHOWN, id, in_url=False)


def table(seen: Sequence[Seen]) -> None:
    """Draw the table, in which the picture that is shown is chosen."""
    column = st.column_config
    columns = {
        "number": column.NumberColumn(t("several.number"), width=50),
        "image": column.TextColumn(t("several.image"), width="medium"),
    }
    for rank in ("first", "second"):
        columns[rank] = column.TextColumn(t(f"several.{rank}"))
        columns[f"{rank}_percent"] = column.NumberColumn("%", format="%.1f", width=60)
    rows = [_row(number, one) for number, one in enumerate(seen, 1)]
    selectable_table(
        pd.DataFrame(rows, columns=list(columns)[: len(rows[0])]),
        ids(seen),
        shown(seen),
        key="several_table",
        on_select=show,
        columns=columns,
        name=t("several.table"),
        height=min(_TALLEST, _ROW * (len(seen) + 1) + 3),
        own=("Download as CSV",),
    )


def _row(number: int, one: Seen) -> list[object]:
    row: list[object] = [number, one.name]
    for answer in one.answers[:2]:
        # Numbers, so that the table can be sorted by them; rounded, but never up to certainty.
        row += [class_name(answer.label), min(round(100 * answer.probability, 1), 99.9)]
    return row
