"""All rows of two aligned networks, with what differs marked: part of the one selection, and downloadable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from resnet_viz.analysis.alignment import Alignment, Mark, Row
from resnet_viz.analysis.differences import as_csv
from resnet_viz.analysis.numbers import count
from resnet_viz.analysis.rows import shape_text
from resnet_viz.figures.operations import operation_title
from resnet_viz.figures.palette import NEUTRAL, PLAIN, RESIDUAL
from resnet_viz.networks.catalog import spec
from resnet_viz.records import LayerRecord
from resnet_viz.ui.choices import choose
from resnet_viz.ui.compare.diagrams import look_at
from resnet_viz.ui.compare.picture import PLAIN_NETWORK, RESIDUAL_NETWORK
from resnet_viz.ui.compare.places import Selection
from resnet_viz.ui.selectable_table import Columns, selectable_table, width_of
from resnet_viz.ui.state import prose, t
from resnet_viz.ui.take_away.files import download_csv

SHOWN = ("all", "different")

TEXT = 6.5
"""Pixels of a letter of an operation in a cell: `CONV 3x3, 64 → 64x56x56`."""

Tint = Literal["resnet", "plain", "other", "changed"]
"""What a row's colour says: of which kind of network alone it is, or that its two sides differ."""

COLORS: dict[Tint, str] = {"resnet": RESIDUAL, "plain": PLAIN}
_ALPHA = "38"


def aligned_rows(found: Alignment, selected: Selection) -> None:
    """Draw the table, the row of the selected place chosen."""
    names = spec(found.left.network).title, spec(found.right.network).title
    st.subheader(t("compare.side.rows"), anchor=False)
    which = choose(t("compare.side.shown"), SHOWN, key="compare_shown", name=lambda id: t(f"compare.side.shows.{id}"))
    numbered = [(str(n), row) for n, row in enumerate(found.rows) if which == "all" or row.mark != "same"]
    ids, rows = [id for id, _ in numbered], [row for _, row in numbered]
    if not rows:
        st.caption(t("compare.side.no_rows"))
        return
    frame = _frame(found, rows, names)
    selectable_table(
        _styled(frame, [_color(found, row.mark) for row in rows]),
        ids,
        _selected(numbered, selected),
        key="compare_rows",
        on_select=lambda id: _select(found, id),
        columns=_columns(found, frame, names),
        name=t("compare.side.table_name", left=names[0], right=names[1]),
        height=min(580, 36 * (len(rows) + 1)),
        own=("Download as CSV",),
    )
    st.caption(prose(_look(found, rows)))
    download_csv(
        lambda: as_csv(found), f"{found.left.network}-{found.right.network}", "csv_rows", t("compare.side.csv")
    )


def _look(found: Alignment, rows: Sequence[Row]) -> Iterator[str]:
    """How many rows there are, what their tints mean, and what a selected one does."""
    yield t("compare.side.rows_shown", shown=count(len(rows)), all=count(len(found.rows)))
    tints = {_tint(found, row.mark) for row in rows} - {None}
    if tints:
        yield t("compare.side.rows_look")
        for tint in ("resnet", "plain", "other", "changed"):
            if tint in tints:
                yield t(f"compare.side.tints.{tint}")
    yield t("compare.side.rows_select")
    if {found.left.network, found.right.network} == {RESIDUAL_NETWORK, PLAIN_NETWORK}:
        yield t("compare.side.rows_maps")


def _selected(numbered: Sequence[tuple[str, Row]], selected: Selection) -> str | None:
    """The number of the row on which the selected operation stands: each has one."""
    layers = ((id, row.left if selected.side == "left" else row.right) for id, row in numbered)
    return next((id for id, layer in layers if layer is not None and layer.name == selected.place), None)


def _select(found: Alignment, id: str) -> None:
    row = found.rows[int(id)]
    if row.left is not None:
        look_at(found, row.left.name, "left")
    elif row.right is not None:
        look_at(found, row.right.name, "right")


def _frame(found: Alignment, rows: Sequence[Row], names: tuple[str, str]) -> pd.DataFrame:
    """The rows as a frame; the numbers stand before the two sides, whose texts may be longer than a page is wide."""
    layers = [row.left or row.right for row in rows]
    place = {"place": [layer.name if layer else "" for layer in layers]} if found.by_place else {}
    marks = [_mark(row.mark, names) for row in rows]
    sides = {
        side: [_side(layer, named=not found.by_place) for layer in column]
        for side, column in (("left", [row.left for row in rows]), ("right", [row.right for row in rows]))
    }
    numbers = {"params": [row.params for row in rows], "macs": [row.macs for row in rows]}
    if found.by_place:
        return pd.DataFrame(place | {"mark": marks} | numbers | sides)
    return pd.DataFrame(numbers | {"mark": marks} | sides)  # so that a phone shows the numbers whole


def _styled(frame: pd.DataFrame, colors: Sequence[str]) -> Styler:
    """The frame, each row in its colour."""
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
    tint = _tint(found, mark)
    return "" if tint is None else f"background-color: {COLORS.get(tint, NEUTRAL)}{_ALPHA}"


def _tint(found: Alignment, mark: Mark) -> Tint | None:
    """What the colour of a row says; rows that are alike have none."""
    if mark == "same":
        return None
    if mark == "changed":
        return "changed"
    family = spec((found.left if mark == "left" else found.right).network).family
    return family if family in COLORS else "other"


def _columns(found: Alignment, frame: pd.DataFrame, names: tuple[str, str]) -> Columns:
    """Each column as wide as what is in it: measured by the browser, it may keep the width of another pair's numbers."""
    number, text = st.column_config.NumberColumn, st.column_config.TextColumn

    def width(column: str, title: str, letter: float = 7) -> int:
        return width_of([title, *map(_written, frame[column])], letter=letter)

    place, mark = t("architecture.place"), t("compare.side.difference")
    params, macs = t("compare.side.params"), t("compare.side.macs")
    pinned = {"place": text(place, pinned=True, width=width("place", place))} if found.by_place else {}
    return pinned | {
        "mark": text(mark, width=width("mark", mark)),
        "params": number(params, format="localized", width=width("params", params)),
        "macs": number(macs, format="localized", width=width("macs", macs)),
        "left": text(names[0], width=width("left", names[0], TEXT)),
        "right": text(names[1], width=width("right", names[1], TEXT)),
    }


def _written(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value or "")
