"""The numbers of a block as the visitor sets them: part of the URL, checked, and set from the rows of ResNet-50."""

from __future__ import annotations

import streamlit as st

from resnet_viz.analysis.block_numbers import (
    LABELS,
    LIMITS,
    VERSIONS,
    BlockNumbers,
    Label,
    Version,
    block_numbers,
)
from resnet_viz.errors import BlockError
from resnet_viz.lang import sentence
from resnet_viz.ui.choices import choose, remember, whole_number
from resnet_viz.ui.state import language, t

LABEL_KEY, VERSION_KEY = "block", "version"
KEYS = {"C": "c", "W": "w", "C1": "c1", "S": "s"}
"""Session key and URL parameter of each number."""

CHANNEL_STEP = 4
"""What a press on + adds to C: a BTNK2 takes multiples of it."""


def controls(default: BlockNumbers) -> BlockNumbers | None:
    """Draw the controls and return the numbers; None, after a sentence, where they are impossible."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        label: Label = choose(
            t("blocks.label"),
            LABELS,
            key=LABEL_KEY,
            name=str,
            in_url=True,
            help=t("blocks.label_help"),
            default=default.label,
        )
        c = _number("C", default.c, t("blocks.c"), CHANNEL_STEP)
        w = _number("W", default.w, t("blocks.w"))
        c1 = _number("C1", default.c1, t("blocks.c1")) if label == "BTNK1" else default.c1
        s = _number("S", default.s, t("blocks.s")) if label == "BTNK1" else default.s
        version: Version = choose(
            t("blocks.version"),
            VERSIONS,
            key=VERSION_KEY,
            name=str,
            in_url=True,
            help=t("blocks.version_help"),
            default=default.version,
        )
    try:
        return block_numbers(label, c=c, w=w, c1=c1, s=s, version=version)
    except BlockError as error:
        _refused(error)
        return None


def set_numbers(numbers: BlockNumbers) -> None:
    """Put numbers into the controls; the version stays as it is. Call it from a callback."""
    remember(LABEL_KEY, numbers.label)
    values = {"C": numbers.c, "W": numbers.w, "C1": numbers.c1, "S": numbers.s}
    for name in ("C", "W") if numbers.label == "BTNK2" else KEYS:
        _use(name, values[name])


def _number(name: str, default: int, help_text: str, step: int = 1) -> int:
    # Without limits of its own: the browser's message about them speaks English alone.
    low, high = LIMITS[name]
    return whole_number(
        name,
        key=KEYS[name],
        default=default,
        step=step,
        help=f"{help_text} {t('blocks.limits', low=low, high=high)}",
        width=132,
    )


def _refused(error: BlockError) -> None:
    """Say why numbers are impossible, with a button for each value that would do."""
    st.error(sentence(language(), error), icon=":material/error:")
    name, possible = str(error.values["name"]), error.values["possible"]
    assert isinstance(possible, tuple)
    with st.container(horizontal=True):
        for value in possible:
            st.button(f"{name} = {value}", key=f"use_{value}", on_click=_use, args=(name, value))


def _use(name: str, value: int) -> None:
    remember(KEYS[name], str(value))
