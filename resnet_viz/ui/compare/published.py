"""Numbers from papers, each table with its source, apart from everything that was measured here."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from resnet_viz.analysis.published import PublishedTable, published
from resnet_viz.ui.compare.by_depth import table_by_depth
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
                table_by_depth([(row.layers, _percent(row.residual), _percent(row.plain)) for row in table.rows])
                st.caption(f"{t(f'compare_image.published.{table.id}.about')} [{table.source}]({table.url})")


def _percent(value: float | None) -> str | None:
    return None if value is None else f"{value:.2f} %"
