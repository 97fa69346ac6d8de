"""The way back to the lesson that a visitor has open, on every other page and in every other view of this one."""

from __future__ import annotations

import streamlit as st

from resnet_viz.ui.address import leave_for
from resnet_viz.ui.learn.lessons import LEARN_KEY, STEP_KEY, number, opened, read
from resnet_viz.ui.state import t

ENTRY_KEYS = ("term", "ref")
"""Parameters of the URL: the entry of the glossary or of the references that a link of the lesson leads to."""


def way_back() -> None:
    """Draw a link to the open lesson; nothing where none is open."""
    name = opened()
    if name is not None:
        st.button(
            t("learn.back", number=number(name), title=read(name).title),
            icon=":material/arrow_back:",
            type="tertiary",
            key="way_back",
            on_click=leave_for,
            args=("learn", dict.fromkeys((LEARN_KEY, STEP_KEY, *ENTRY_KEYS))),
        )
