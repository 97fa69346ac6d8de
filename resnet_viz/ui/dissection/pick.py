"""A chart with something for each block, of which a click opens the block."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go
import streamlit as st

from resnet_viz.ui.state import select_place


def pick_block(figure: go.Figure, blocks: Sequence[str], block: str, *, key: str, alt: str) -> None:
    """Draw the chart, in whose traces point n stands for `blocks[n]`; a click on one selects it."""
    # A new key for each selection: the browser would keep the clicked point chosen when the place changes elsewhere.
    name = f"{key} {block}"

    def report() -> None:
        points = st.session_state[name]["selection"]["points"]
        if points:
            select_place(blocks[int(points[0]["point_index"])])

    st.plotly_chart(figure, key=name, on_select=report, config={"displayModeBar": False}, alt=alt)
