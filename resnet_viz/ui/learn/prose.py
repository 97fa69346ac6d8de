"""Texts of the Learn page: live numbers filled in, links that stay in the visitor's session.

A link has an address of its own, so that it can be copied and opened beside. A plain click is caught in the browser and
comes here: Streamlit would open it in a new tab, with a session that knows nothing of this one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl

import streamlit as st

from resnet_viz.learn.links import Link, rewrite
from resnet_viz.learn.numbers import fill
from resnet_viz.learn.plans import plan
from resnet_viz.learn.questions import QUESTIONS
from resnet_viz.ui.address import address_of, ask, leave_for
from resnet_viz.ui.learn.lessons import FIGURE_KEYS, LEARN_KEY, LESSON_KEY, STEP_KEY, keep_typed, opened
from resnet_viz.ui.state import DEFAULT_NETWORK, NETWORK_KEY, current_network

MEASURE = 680
"""Width of a text in pixels: about 70 characters."""

_KEY = "learn_reader"
_FORMULA = re.compile(r"^\$\$(.+)\$\$$", re.MULTILINE)
_HERE = Path(__file__).parent
_COMPONENT = st.components.v2.component(
    "resnet_viz_reader", html="<span></span>", js=(_HERE / "reader.js").read_text(encoding="utf-8")
)
_CSS = (_HERE / "reading.css").read_text(encoding="utf-8")
_LARGE = (_HERE / "lecture.css").read_text(encoding="utf-8")


def reader(at: str, *, lecture: bool = False) -> None:
    """Dress the page for reading and follow its links.

    `at` says what is on show: when it changes, the page scrolls up, or to the link by which the visitor left it.
    """
    st.html(f"<style>{_CSS}{_LARGE if lecture else ''}</style>")
    _COMPONENT(data={"at": at, "lecture": lecture}, key=_KEY, on_link_change=_clicked, on_left_change=_left)


def live(markdown: str) -> str:
    """A text as it is shown: its numbers read off the live models, its links as addresses, formulas on lines of their own."""
    markdown = _FORMULA.sub(r"$$\n\1\n$$", markdown)
    return rewrite(fill(markdown), lambda link: address_of(_path(link.page), _choices(link)))


def _choices(link: Link) -> dict[str, str | None]:
    """What a link chooses. A place comes with a network that has it; a lesson opens at its beginning, as it means it."""
    choices: dict[str, str | None] = dict(link.choices)
    if link.kind == "place" and link.target not in plan(current_network()).places:
        choices[NETWORK_KEY] = None if current_network() == DEFAULT_NETWORK else DEFAULT_NETWORK
    if link.page == "learn":
        choices[STEP_KEY] = None
    if _opens_another(choices):
        choices = {**dict.fromkeys(FIGURE_KEYS), **choices}
    if choices.get(LEARN_KEY) == "lessons":
        choices[LEARN_KEY] = None
    return choices


def _path(page: str) -> str:
    """A page's address as seen from the Learn page: the first one is where the app is."""
    return "./" if page == "architecture" else page


def _clicked() -> None:
    link = st.session_state[_KEY].get("link") or {}
    for question, answer in link.get("typed", {}).items():
        if question in QUESTIONS:
            keep_typed(question, str(answer))
    page, _, query = str(link.get("address") or "").partition("?")
    choices: dict[str, str | None] = dict(parse_qsl(query))
    default = (LEARN_KEY, STEP_KEY, *(FIGURE_KEYS if _opens_another(choices) else ()))
    leave_for("architecture" if page == "./" else page, dict.fromkeys(default) | choices)


def _opens_another(choices: Mapping[str, str | None]) -> bool:
    """Whether a link leads to a lesson that is not the one that is open."""
    return choices.get(LESSON_KEY, opened()) != opened()


def _left() -> None:
    """The visitor left the full screen, and the lecture with it."""
    ask(STEP_KEY, None)
