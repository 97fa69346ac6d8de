"""The native select box for the one selection: the way for keyboards, phones and tests."""

from __future__ import annotations

import streamlit as st

from resnet_viz.records import Blueprint
from resnet_viz.ui.state import PLACE_KEY, WISH_KEY, select_place, selected, t


def place_select(blueprint: Blueprint) -> str:
    """Draw the select box bound to the URL's `place`, and return the selected place.

    Draw it before whatever shows the selection, inside the same fragment.
    """
    places = blueprint.places
    place = selected(blueprint)
    st.session_state[PLACE_KEY] = place
    chosen = st.selectbox(
        t("common.place"),
        places,
        key=PLACE_KEY,
        bind="query-params",
        on_change=_chosen,
        help=t("common.place_help"),
        filter_mode="contains",
    )
    if chosen != place or WISH_KEY not in st.session_state:
        st.session_state[WISH_KEY] = chosen  # the URL decided: a link that was opened, or the browser's back button
    return chosen


def _chosen() -> None:
    select_place(st.session_state[PLACE_KEY])
