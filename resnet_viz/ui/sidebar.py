"""The sidebar that all pages share: language, network and input size, each part of the URL."""

from __future__ import annotations

import streamlit as st

from resnet_viz.lang import LANGUAGES, guess
from resnet_viz.networks.catalog import NETWORKS, spec
from resnet_viz.ui.state import (
    DEFAULT_NETWORK,
    LANG_KEY,
    LARGEST,
    NETWORK_KEY,
    SIZE_KEY,
    SMALLEST,
    current_network,
    language,
    t,
)

_NAMES = {"en": "English", "zh": "中文"}
"""Each language in its own words, whatever the chosen one is."""


def bind_language() -> None:
    """Tie the language to the URL's `lang`. Call it first: everything after it speaks that language.

    A bound widget writes its label into the URL. This one writes `en` and `zh` and is not shown; the switch that is shown
    calls the languages by their names and sets this one.
    """
    with st.sidebar.container(key="lang_binding"):
        st.html("<style>div:has(> .st-key-lang_binding) { display: none; }</style>")
        st.selectbox(
            LANG_KEY,
            LANGUAGES,
            index=LANGUAGES.index(guess(st.context.locale)),
            key=LANG_KEY,
            bind="query-params",
            label_visibility="collapsed",
        )


def sidebar() -> None:
    """Draw the choices that all pages share."""
    with st.sidebar:
        _language()
        _network()
        _size()


def _language() -> None:
    st.session_state["language_switch"] = language()
    st.segmented_control(
        t("sidebar.language"),
        LANGUAGES,
        format_func=_NAMES.__getitem__,
        key="language_switch",
        required=True,
        on_change=_switch_language,
        width="stretch",
    )


def _switch_language() -> None:
    st.session_state[LANG_KEY] = st.session_state["language_switch"]


def _network() -> None:
    names = tuple(NETWORKS)
    st.selectbox(
        t("sidebar.network"),
        names,
        index=names.index(DEFAULT_NETWORK),
        key=NETWORK_KEY,
        bind="query-params",
        help=t("sidebar.network_help"),
        filter_mode="contains",
    )


def _size() -> None:
    network = spec(current_network())
    if network.min_size == network.max_size:
        st.number_input(
            t("sidebar.size"), value=network.min_size, disabled=True, key="fixed_size", help=t("sidebar.size_fixed")
        )
        return
    st.number_input(
        t("sidebar.size"),
        min_value=SMALLEST,
        max_value=LARGEST,
        value=network.default_size,
        step=32,
        key=SIZE_KEY,
        bind="query-params",
    )
    # In view, not behind a question mark: a number out of range is only marked red by the browser, without a word.
    st.caption(t("sidebar.size_help", low=network.min_size, high=network.max_size))
