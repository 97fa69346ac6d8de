"""The native select box for the one selection: the way for keyboards, phones and tests."""

from __future__ import annotations

import streamlit as st

from resnet_viz.records import NETWORK, Blueprint
from resnet_viz.ui.address import show
from resnet_viz.ui.state import PLACE_KEY, select_place, selected, t


def place_select(blueprint: Blueprint) -> str:
    """Draw the select box of the URL's `place`, and return the selected place.

    Draw it before whatever shows the selection, inside the same fragment.
    """
    place = selected(blueprint)
    st.session_state[PLACE_KEY] = place
    st.selectbox(
        t("common.place"),
        blueprint.places,
        key=PLACE_KEY,
        on_change=_chosen,
        help=t("common.place_help"),
        filter_mode="contains",
    )
    show(PLACE_KEY, None if place == NETWORK else place)
    return place


def _chosen() -> None:
    select_place(st.session_state[PLACE_KEY])
