"""All rows of two aligned networks, with what differs marked: part of the one selection, and downloadable."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from resnet_viz.analysis.alignment import Alignment, Mark, Row
from resnet_viz.analysis.differences import as_csv
from resnet_viz.analysis.numbers import count
from resnet_viz.analysis.rows import shape_text
from resnet_viz.figures.operations import operation_title
from resnet_viz.figures.palette import NEUTRAL, PLAIN, RESIDUAL
from resnet_viz.networks.catalog import Family, spec
from resnet_viz.records import LayerRecord
from resnet_viz.ui.choices import choose, chosen, remember
from resnet_viz.ui.compare.diagrams import look_at
from resnet_viz.ui.selectable_table import Columns, selectable_table
from resnet_viz.ui.state import t
from resnet_viz.ui.take_away.files import download_csv

SHOWN = ("all", "different")
ROW_KEY = "compare_row"
"""The row that was clicked, by number: in unrelated networks one name may stand in two rows."""

COLORS: dict[Family, str] = {"resnet": RESIDUAL, "plain": PLAIN}
_CHANGED = NEUTRAL
_ALPHA = "38"


def aligned_rows(found: Alignment, places: tuple[str, str]) -> None:
    """Draw the table, the row of the selected place chosen."""
    names = spec(found.left.network).title, spec(found.right.network).title
    st.subheader(t("compare.side.rows"), anchor=False)
    which = choose(t("compare.side.shown"), SHOWN, key="compare_shown", name=lambda id: t(f"compare.side.shows.{id}"))
    numbered = [(str(n), row) for n, row in enumerate(found.rows) if which == "all" or row.mark != "same"]
    ids, rows = [id for id, _ in numbered], [row for _, row in numbered]
    if not rows:
        st.caption(t("compare.side.no_rows"))
        return
    selectable_table(
        _styled(found, rows, names),
        ids,
        _selected(numbered, places),
        key="compare_rows",
        on_select=lambda id: _select(found, id),
        columns=_columns(found, names),
        name=t("compare.side.table_name", left=names[0], right=names[1]),
        height=min(580, 36 * (len(rows) + 1)),
        own=("Download as CSV",),
    )
    st.caption(
        t("compare.side.rows_look", shown=count(len(rows)), all=count(len(found.rows)), left=names[0], right=names[1])
    )
    download_csv(
        lambda: as_csv(found), f"{found.left.network}-{found.right.network}", "csv_rows", t("compare.side.csv")
    )


def _selected(numbered: Sequence[tuple[str, Row]], places: tuple[str, str]) -> str | None:
    """The number of the row on which a selected place stands; of several the one that was clicked."""
    matching = [id for id, row in numbered if places[0] == _name(row.left) or places[1] == _name(row.right)]
    return chosen(ROW_KEY, matching) if matching else None


def _select(found: Alignment, id: str) -> None:
    row = found.rows[int(id)]
    remember(ROW_KEY, id, in_url=False)
    if row.left is not None:
        look_at(found.left, row.left.name)
    elif row.right is not None:
        look_at(found.right, row.right.name)


def _name(layer: LayerRecord | None) -> str | None:
    return None if layer is None else layer.name


def _styled(found: Alignment, rows: Sequence[Row], names: tuple[str, str]) -> Styler:
    """The rows as a frame, tinted where they differ."""
    layers = [row.left or row.right for row in rows]
    place = {"place": [layer.name if layer else "" for layer in layers]} if found.by_place else {}
    marks = [_mark(row.mark, names) for row in rows]
    sides = {
        side: [_side(layer, named=not found.by_place) for layer in column]
        for side, column in (("left", [row.left for row in rows]), ("right", [row.right for row in rows]))
    }
    numbers = {"params": [row.params for row in rows], "macs": [row.macs for row in rows]}
    colors = [_color(found, row.mark) for row in rows]
    frame = pd.DataFrame(place | {"mark": marks} | sides | numbers)
    return frame.style.apply(lambda row: [colors[int(str(row.name))]] * len(row), axis=1)


def _mark(mark: Mark, names: tuple[str, str]) -> str:
    if mark == "same":
        return ""
    return t(f"compare.side.marks.{mark}", left=names[0], right=names[1])


def _side(layer: LayerRecord | None, *, named: bool) -> str | None:
    """An operation in a cell: `CONV 3x3, 128, /2 → 128x28x28`, behind its place where the two sides' places differ."""
    if layer is None:
        return None
    said = f"{operation_title(layer)} → {shape_text(layer.output_shape)}"
    return f"{layer.name}: {said}" if named else said


def _color(found: Alignment, mark: Mark) -> str:
    """The CSS of a row's cells: the colour of the network that has it alone, grey for a counterpart that differs."""
    if mark == "same":
        return ""
    plan = {"left": found.left, "right": found.right}.get(mark)
    color = _CHANGED if plan is None else COLORS.get(spec(plan.network).family, NEUTRAL)
    return f"background-color: {color}{_ALPHA}"


def _columns(found: Alignment, names: tuple[str, str]) -> Columns:
    number, text = st.column_config.NumberColumn, st.column_config.TextColumn
    place = {"place": text(t("architecture.place"), pinned=True, width=165)} if found.by_place else {}
    return place | {
        "mark": text(t("compare.side.difference"), width=150),
        "left": names[0],
        "right": names[1],
        "params": number(t("compare.side.params"), format="localized"),
        "macs": number(t("compare.side.macs"), format="localized"),
    }
