"""The sidebar that all pages share: language, network and input size, each part of the URL."""

from __future__ import annotations

import streamlit as st

from resnet_viz.lang import LANGUAGES, Language, guess
from resnet_viz.networks.catalog import NETWORKS, spec
from resnet_viz.ui.address import show
from resnet_viz.ui.choices import choose, whole_number
from resnet_viz.ui.state import (
    DEFAULT_NETWORK,
    LANG_KEY,
    LARGEST,
    NETWORK_KEY,
    SIZE_KEY,
    SMALLEST,
    current_network,
    t,
)

_NAMES: dict[Language, str] = {"en": "English", "zh": "中文"}
"""Each language in its own words, whatever the chosen one is."""


def sidebar() -> None:
    """Draw the choices that all pages share."""
    with st.sidebar:
        _language()
        _network()
        _size()


def _language() -> None:
    choose(
        t("sidebar.language"),
        LANGUAGES,
        key=LANG_KEY,
        name=_NAMES.__getitem__,
        in_url=True,
        default=guess(st.context.locale),
        width="stretch",
    )


def _network() -> None:
    choose(
        t("sidebar.network"),
        tuple(NETWORKS),
        key=NETWORK_KEY,
        name=str,
        draw="select",
        in_url=True,
        help=t("sidebar.network_help"),
        default=DEFAULT_NETWORK,
    )


def _size() -> None:
    network = spec(current_network())
    if network.min_size == network.max_size:
        st.number_input(
            t("sidebar.size"), value=network.min_size, disabled=True, key="fixed_size", help=t("sidebar.size_fixed")
        )
        show(SIZE_KEY, None)
        return
    whole_number(t("sidebar.size"), key=SIZE_KEY, default=network.default_size, low=SMALLEST, high=LARGEST, step=32)
    # In view, not behind a question mark: a number out of range is only marked red by the browser, without a word.
    st.caption(t("sidebar.size_help", low=network.min_size, high=network.max_size))
