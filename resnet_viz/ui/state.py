"""What a visitor has chosen, shared by all pages: language, network, input size, and the one selected place.

All four are parts of the URL. What another network does not have, a place or a size, comes back with the one that has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import streamlit as st

from resnet_viz import lang
from resnet_viz.lang import LANGUAGES, Language, guess, text
from resnet_viz.networks.catalog import NETWORKS, spec
from resnet_viz.records import NETWORK, Blueprint
from resnet_viz.ui.address import wish
from resnet_viz.ui.choices import asked_number, chosen, remember

LANG_KEY = "lang"
NETWORK_KEY = "network"
SIZE_KEY = "size"
PLACE_KEY = "place"

DEFAULT_NETWORK = "resnet50"
SMALLEST = min(network.min_size for network in NETWORKS.values())
LARGEST = max(network.max_size for network in NETWORKS.values())
"""Input sizes, in pixels, that the app offers: what any network takes."""


def language() -> Language:
    """The chosen language; before one is chosen, the first guess from the browser."""
    return chosen(LANG_KEY, LANGUAGES, default=guess(st.context.locale))


def t(key: str, **values: object) -> str:
    """The sentence `key` in the chosen language, its placeholders filled."""
    return text(language(), key, **values)


def prose(sentences: Iterable[str]) -> str:
    """Sentences one after another, as the chosen language sets them: Chinese puts no space between."""
    return lang.prose(language(), sentences)


def current_network() -> str:
    """The chosen network's name."""
    return chosen(NETWORK_KEY, tuple(NETWORKS), default=DEFAULT_NETWORK)


def current_size() -> int:
    """The chosen input size in pixels; the only one of a network that takes no other. It may be one that it refuses."""
    network = spec(current_network())
    if network.min_size == network.max_size:
        return network.min_size
    return asked_number(SIZE_KEY, network.default_size, SMALLEST, LARGEST)


def select_place(place: str) -> None:
    """Select a place: the one way for diagrams, tables, breadcrumbs and buttons. Call it from a callback."""
    remember(PLACE_KEY, place, default=NETWORK)


def select_size(size: int) -> None:
    """Choose an input size in pixels. Call it from a callback."""
    remember(SIZE_KEY, str(size))


def selected(blueprint: Blueprint) -> str:
    """The selected place, moved to the nearest one that this network has."""
    return nearest(blueprint, wished_place())


def wished_place() -> str:
    """The place that the visitor last chose, whether or not a network has it; the whole network before any choice."""
    return wish(PLACE_KEY) or NETWORK


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
