"""A table of which one row is selected: the row of a name, and the name of the row that is clicked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler
from streamlit.elements.lib.column_types import ColumnConfig

Columns = Mapping[str, ColumnConfig | str | None]
"""How each column is shown, by its name in the frame."""


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
) -> None:
    """Draw a frame whose rows stand for `names`, the row of `selected` chosen if it is among them.

    `on_select` gets the name of a row that is clicked, before the page runs again. `name` is the table's own, for screen
    readers; `height` is in pixels.
    """
    rows = [names.index(selected)] if selected in names else []
    st.session_state[key] = {"selection": {"rows": rows, "columns": [], "cells": []}}

    def report() -> None:
        clicked = st.session_state[key]["selection"]["rows"]
        if clicked and clicked[0] < len(names):
            on_select(names[clicked[0]])

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
