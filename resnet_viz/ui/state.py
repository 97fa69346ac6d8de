"""What a visitor has chosen, shared by all pages: language, network, input size, and the one selected place.

Widgets bound to the URL hold the choices (keys `lang`, `network`, `size`, `place`). `place` is bound on the pages that show
it; Streamlit drops its value on a page switch, so the visitor's wish is kept beside it and outlives pages and networks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import streamlit as st

from resnet_viz.lang import LANGUAGES, Language, guess, text
from resnet_viz.networks.catalog import NETWORKS, spec
from resnet_viz.records import NETWORK, Blueprint

LANG_KEY = "lang"
NETWORK_KEY = "network"
SIZE_KEY = "size"
PLACE_KEY = "place"
WISH_KEY = "wished_place"
"""What the visitor last chose, which another network may not have: it comes back with the network that has it."""

DEFAULT_NETWORK = "resnet50"
SMALLEST = min(network.min_size for network in NETWORKS.values())
LARGEST = max(network.max_size for network in NETWORKS.values())
"""Input sizes, in pixels, that the app offers: what any network takes."""


def language() -> Language:
    """The chosen language; before one is chosen, the first guess from the browser."""
    chosen = st.session_state.get(LANG_KEY)
    return chosen if chosen in LANGUAGES else guess(st.context.locale)


def t(key: str, **values: object) -> str:
    """The sentence `key` in the chosen language, its placeholders filled."""
    return text(language(), key, **values)


def prose(sentences: Iterable[str]) -> str:
    """Sentences one after another, as the chosen language sets them: Chinese puts no space between."""
    return ("" if language() == "zh" else " ").join(sentences)


def current_network() -> str:
    """The chosen network's name."""
    chosen = st.session_state.get(NETWORK_KEY)
    return chosen if isinstance(chosen, str) and chosen in NETWORKS else DEFAULT_NETWORK


def current_size() -> int:
    """The chosen input size in pixels; the only one of a network that takes no other. It may be one that it refuses."""
    network = spec(current_network())
    if network.min_size == network.max_size:
        return network.min_size
    chosen = st.session_state.get(SIZE_KEY)
    return chosen if isinstance(chosen, int) and SMALLEST <= chosen <= LARGEST else network.default_size


def select_place(place: str) -> None:
    """Select a place: the one way for diagrams, tables, breadcrumbs and buttons. Call it from a callback."""
    st.session_state[PLACE_KEY] = place
    st.session_state[WISH_KEY] = place


def select_size(size: int) -> None:
    """Choose an input size in pixels. Call it from a callback."""
    st.session_state[SIZE_KEY] = size


def selected(blueprint: Blueprint) -> str:
    """The selected place, moved to the nearest one that this network has."""
    return nearest(blueprint, wished_place())


def wished_place() -> str:
    """The place that the visitor last chose, whether or not a network has it; the whole network before any choice."""
    wish = st.session_state.get(WISH_KEY) or st.session_state.get(PLACE_KEY) or st.query_params.get(PLACE_KEY)
    return wish if isinstance(wish, str) else NETWORK


def nearest(blueprint: Blueprint, place: str) -> str:
    """The place itself, else the closest part around it that the network has: its block, its stage, else all of it."""
    known = set(blueprint.places)
    parts = place.split(".")
    for length in range(len(parts), 0, -1):
        name = ".".join(parts[:length])
        if name in known:
            return name
    stage = re.match(r"layer(\d+)(\.|$)", place)
    if stage and f"stage{stage[1]}" in known:
        return f"stage{stage[1]}"
    return NETWORK


def first_part(blueprint: Blueprint) -> str:
    """A place worth looking into where none is selected: the first block, else the first stage."""
    if blueprint.blocks:
        return blueprint.blocks[0].name
    return blueprint.stages[0].name if blueprint.stages else NETWORK
