"""Two networks of the visitor's choice beside each other: their diagrams, what differs in sum, and row by row."""

from __future__ import annotations

import streamlit as st

from resnet_viz.analysis.alignment import Alignment
from resnet_viz.analysis.numbers import count
from resnet_viz.networks.catalog import NETWORKS, NetworkSpec, spec
from resnet_viz.ui.cache import alignment
from resnet_viz.ui.choices import choose, remember
from resnet_viz.ui.compare.diagrams import drawn_level, two_diagrams
from resnet_viz.ui.compare.places import place_of_both
from resnet_viz.ui.compare.rows import aligned_rows
from resnet_viz.ui.compare.totals import totals
from resnet_viz.ui.errors import guard
from resnet_viz.ui.state import current_size, t

LEFT_KEY, RIGHT_KEY = "left", "right"
DEFAULTS = {LEFT_KEY: "resnet50", RIGHT_KEY: "plain50"}


def blueprints() -> None:
    """Draw the choice of two networks and how they differ."""
    st.header(t("compare.side.title"), anchor=False)
    left, right = _networks()
    sizes = _size(left), _size(right)
    found = alignment(left.name, right.name, sizes)
    st.markdown(_summary(found))
    if left.name == right.name:
        st.info(t("compare.side.same_network"), icon=":material/info:")
    _explore(found)


@st.fragment
@guard()
def _explore(found: Alignment) -> None:
    """All that shows the selected place."""
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        level = drawn_level()
        selected = place_of_both(found)
    two_diagrams(found, selected, level)
    totals(found)
    aligned_rows(found, selected)


def _networks() -> tuple[NetworkSpec, NetworkSpec]:
    """Draw the choice of both networks, with a button for the left one's twin."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        left, right = (
            choose(
                t(f"compare.side.{key}"),
                tuple(NETWORKS),
                key=key,
                name=lambda name: spec(name).title,
                draw="select",
                in_url=True,
                default=DEFAULTS[key],
            )
            for key in (LEFT_KEY, RIGHT_KEY)
        )
        twin = spec(left).twin
        if twin is not None:
            st.button(
                t("compare.side.twin", left=spec(left).title, twin=spec(twin).title),
                key="compare_twin",
                icon=":material/compare_arrows:",
                disabled=right == twin,
                on_click=remember,
                args=(RIGHT_KEY, twin),
            )
    return spec(left), spec(right)


def _size(network: NetworkSpec) -> int:
    """The chosen input size, or the nearest that a network takes."""
    return min(max(current_size(), network.min_size), network.max_size)


def _summary(found: Alignment) -> str:
    left, right = (spec(plan.network).title for plan in (found.left, found.right))
    if found.left.size == found.right.size:
        size = t("compare.side.size", size=found.left.size)
    else:
        size = t("compare.side.sizes", left=left, right=right, left_size=found.left.size, right_size=found.right.size)
    how = t("compare.side.by_place" if found.by_place else "compare.side.by_kind")
    same = sum(row.mark == "same" for row in found.rows)
    return t(
        "compare.side.summary",
        how=how,
        size=size,
        same=count(same),
        rows=count(len(found.rows)),
        left=left,
        right=right,
    )
