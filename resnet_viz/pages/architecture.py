"""The architecture page: a network drawn from its live module, one selection, and everything known about it."""

from __future__ import annotations

import streamlit as st

from resnet_viz.analysis.numbers import count, short
from resnet_viz.blueprint import blueprint
from resnet_viz.networks.catalog import spec
from resnet_viz.records import Blueprint
from resnet_viz.ui.breadcrumb import breadcrumb
from resnet_viz.ui.costs import costs
from resnet_viz.ui.diagrams import diagrams, downloads
from resnet_viz.ui.errors import guard
from resnet_viz.ui.inspector import inspector
from resnet_viz.ui.place_select import place_select
from resnet_viz.ui.state import current_network, current_size, t
from resnet_viz.ui.table import table


def page() -> None:
    """Draw the page for the chosen network and size."""
    st.title(t("architecture.title"), anchor=False)
    with guard():
        plan = blueprint(current_network(), current_size())
        st.markdown(
            t(
                "architecture.summary",
                title=spec(plan.network).title,
                size=plan.size,
                params=count(plan.params),
                macs=short(plan.macs),
                depth=plan.depth,
            )
        )
        selection(plan)


@st.fragment
def selection(plan: Blueprint) -> None:
    """All that shows the selected place, in one fragment: a click draws all of it again and nothing else."""
    path, choice = st.columns([3, 2], vertical_alignment="bottom", gap="medium")
    with choice:
        place = place_select(plan)
    with path:
        breadcrumb(plan, place)
    diagrams(plan, place)
    downloads(plan, place)
    inspector(plan, place)
    operations, cost = st.tabs(
        [t("architecture.tab_table"), t("architecture.tab_costs")], on_change="rerun", key="architecture_tabs"
    )
    if operations.open:
        with operations:
            table(plan, place)
    if cost.open:
        with cost:
            costs(plan)


page()
