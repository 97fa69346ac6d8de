"""Numbers from papers, each table with its source, apart from everything that was measured here."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from resnet_viz.analysis.published import PublishedTable, published
from resnet_viz.ui.state import t


def published_tables() -> None:
    """Draw all tables, with what they have in common."""
    st.header(t("compare_image.published.title"), anchor=False)
    st.markdown(t("compare_image.published.about"))
    tables(published())


def tables(found: Sequence[PublishedTable]) -> None:
    """Draw tables beside each other, each with what was measured, and its source as a link."""
    with st.grid(len(found), min_column_width=280):
        for table in found:
            with st.container():
                st.markdown(f"**{t(f'compare_image.published.{table.id}.title')}**")
                st.table(_frame(table))
                st.caption(f"{t(f'compare_image.published.{table.id}.about')} [{table.source}]({table.url})")


def _frame(table: PublishedTable) -> pd.DataFrame:
    columns = {t("compare_image.published.residual"): [_percent(row.residual) for row in table.rows]}
    if table.has_plain:
        columns[t("compare_image.published.plain")] = [_percent(row.plain) for row in table.rows]
    layers = pd.Index([row.layers for row in table.rows], name=t("compare_image.published.layers"))
    return pd.DataFrame(columns, index=layers)


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f} %"
