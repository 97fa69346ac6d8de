"""The native select box for the one selection: the way for keyboards, phones and tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from resnet_viz.records import NETWORK, Blueprint
from resnet_viz.ui.address import show
from resnet_viz.ui.state import PLACE_KEY, select_place, selected, t


def place_select(blueprint: Blueprint) -> str:
    """Draw the select box of the URL's `place`, and return the selected place.

    Draw it before whatever shows the selection, inside the same fragment.
    """
    place = selected(blueprint)
    choose_place(blueprint.places, place)
    show(PLACE_KEY, None if place == NETWORK else place)
    return place


def choose_place(
    options: Sequence[str],
    chosen: str,
    *,
    name: Callable[[str], str] = str,
    on_choose: Callable[[str], object] = select_place,
    help: str | None = None,
) -> None:
    """Draw the select box alone: `options` shown by `name`. `on_choose` gets what is chosen before the page runs again."""
    st.session_state[PLACE_KEY] = chosen

    def choose() -> None:
        on_choose(st.session_state[PLACE_KEY])

    st.selectbox(
        t("common.place"),
        options,
        key=PLACE_KEY,
        format_func=name,
        on_change=choose,
        help=help or t("common.place_help"),
        filter_mode="contains",
    )
