"""A table of which one row is selected: the row of a name, and the name of the row that is clicked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import ceil
from typing import Literal

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler
from streamlit.elements.lib.column_types import ColumnConfig

from resnet_viz import lang

Columns = Mapping[str, ColumnConfig | str | None]
"""How each column is shown, by its name in the frame."""

Own = Literal["Search", "Download as CSV"]
"""What a page may offer itself beside a table, by the label of the button in the table's own toolbar."""


def selectable_table(
    frame: pd.DataFrame | Styler,
    names: Sequence[str],
    selected: str | None,
    *,
    key: str,
    on_select: Callable[[str], object],
    columns: Columns,
    name: str,
    height: int | Literal["content"] = "content",
    own: Sequence[Own] = (),
) -> None:
    """Draw a frame whose rows stand for `names`, the row of `selected` chosen if it is among them.

    `on_select` gets the name of a row that is clicked, before the page runs again. `name` is the table's own, for screen
    readers; `height` is in pixels; the table's toolbar leaves out what the page has of its `own`.
    """
    rows = [names.index(selected)] if selected in names else []
    st.session_state[key] = {"selection": {"rows": rows, "columns": [], "cells": []}}

    def report() -> None:
        clicked = st.session_state[key]["selection"]["rows"]
        if clicked and clicked[0] < len(names):
            on_select(names[clicked[0]])

    for label in own:
        button = f'.st-key-{key} [data-testid=stElementToolbarButton]:has([aria-label^="{label}"])'
        st.html(f"<style>{button} {{ display: none; }}</style>")
    st.dataframe(
        frame,
        key=key,
        on_select=report,
        selection_mode="single-row",
        hide_index=True,
        height=height,
        column_config=columns,
        placeholder="–",
        alt=name,
    )


def width_of(texts: Iterable[str], *, letter: float = 7) -> int:
    """Pixels that a column takes in which no text is cut: names of Latin letters, digits and points.

    `letter` is the width of one in pixels: sentences are narrower than a few capitals. A Chinese character takes two.
    """
    return 18 + ceil(letter * max(map(lang.columns, texts), default=8))
