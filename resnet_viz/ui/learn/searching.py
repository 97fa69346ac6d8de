"""A list to read and to search: what both the glossary and the references are."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

import streamlit as st

from resnet_viz.ui.address import ask, show, wish


def searched(texts: Mapping[str, str], label: str, hint: str, key: str) -> list[str]:
    """Draw a search box, and return the ids whose text contains every word of what is typed, whatever the case."""
    query = st.text_input(label, key=key, type="search", live="300ms", placeholder=hint, persist_state="session")
    words = _plain(query or "").split()
    return [name for name, text in texts.items() if all(word in _plain(text) for word in words)]


def linked(parameter: str, known: Mapping[str, object]) -> str | None:
    """The entry that a link leads to, kept in the URL; None for none."""
    asked = wish(parameter)
    name = asked if asked in known else None
    show(parameter, name)
    return name


def all_button(label: str, parameter: str) -> None:
    """The way from the entry that a link leads to, to all of them."""
    st.button(
        label,
        icon=":material/arrow_back:",
        type="tertiary",
        key=f"all_{parameter}",
        on_click=ask,
        args=(parameter, None),
    )


def _plain(text: str) -> str:
    """Small letters without accents; full-width signs as plain ones."""
    parts = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
