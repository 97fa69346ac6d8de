"""The learn page: lessons wired to the live app, and what else there is to learn with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import streamlit as st

from resnet_viz.ui.address import wish
from resnet_viz.ui.choices import choose, chosen
from resnet_viz.ui.errors import guard
from resnet_viz.ui.learn.glossary import glossary
from resnet_viz.ui.learn.lecture import lecture
from resnet_viz.ui.learn.lesson_view import lesson_view
from resnet_viz.ui.learn.lessons import LEARN_KEY, STEP_KEY, opened, show_progress
from resnet_viz.ui.learn.overview import overview
from resnet_viz.ui.learn.prose import reader
from resnet_viz.ui.learn.quiz import quiz
from resnet_viz.ui.learn.references import references
from resnet_viz.ui.learn.way_back import way_back
from resnet_viz.ui.learn.worksheet import worksheet
from resnet_viz.ui.state import t

# Each view by its id in the URL. Text on a line of its own, such as a docstring here, would be shown on the page.
VIEWS: Mapping[str, Callable[[], None]] = MappingProxyType(
    {
        "lessons": overview,
        "quiz": quiz,
        "worksheet": worksheet,
        "glossary": glossary,
        "references": references,
    }
)


def page() -> None:
    """Draw the open lesson, as a text or as a lecture, else the chosen view."""
    show_progress()
    view = chosen(LEARN_KEY, tuple(VIEWS))
    lesson = opened() if view == "lessons" else None
    lecturing = lesson is not None and wish(STEP_KEY) is not None
    reader(f"{view} {lesson} {wish(STEP_KEY)}", lecture=lecturing)
    with guard():
        if lesson is None:
            _views()
        elif lecturing:
            lecture(lesson)
        else:
            lesson_view(lesson)


def _views() -> None:
    way_back()
    st.title(t("learn.title"), anchor=False)
    st.markdown(t("learn.lead"))
    view = choose(t("learn.view"), tuple(VIEWS), key=LEARN_KEY, name=lambda view: t(f"learn.views.{view}"), in_url=True)
    VIEWS[view]()


page()
