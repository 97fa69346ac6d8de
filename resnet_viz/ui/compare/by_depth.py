"""A number for each depth, with shortcuts and without: one table, ours and those of papers alike."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from resnet_viz.ui.state import t

Row = tuple[int, str | None, str | None]
"""Layers, and what came out with shortcuts and without; None where that is not known."""


def table_by_depth(rows: Sequence[Row]) -> None:
    """Draw a row for each depth. A column of which nothing is known is left out."""
    layers, residual, plain = zip(*rows, strict=True)
    columns = {"residual": residual, "plain": plain}
    known = {t(f"compare_image.by_depth.{kind}"): _cells(found) for kind, found in columns.items() if any(found)}
    st.table(pd.DataFrame(known, index=pd.Index(layers, name=t("compare_image.by_depth.layers"))))


def _cells(found: Sequence[str | None]) -> list[str]:
    return [cell or "–" for cell in found]
