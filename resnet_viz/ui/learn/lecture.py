"""A lesson on a screen, one step at a time: a section, a figure, a question, then its answer."""

from __future__ import annotations

import streamlit as st

from resnet_viz.learn.lesson import Asked, Figure, Text
from resnet_viz.learn.steps import steps
from resnet_viz.ui.address import ask, show
from resnet_viz.ui.choices import asked_number
from resnet_viz.ui.errors import guard
from resnet_viz.ui.learn.figures import FIGURES
from resnet_viz.ui.learn.lessons import STEP_KEY, read
from resnet_viz.ui.learn.prose import live
from resnet_viz.ui.learn.question import question, reveal
from resnet_viz.ui.state import t


def lecture(name: str) -> None:
    """Draw the step that the URL names, and the way to the ones beside it."""
    lesson = read(name)
    found = steps(lesson)
    at = min(asked_number(STEP_KEY, 1, low=1), len(found))
    show(STEP_KEY, str(at))
    step = found[at - 1]
    asked = isinstance(step.part, Asked)
    st.title(t("learn.question.heading") if asked else live(step.heading), anchor=False)
    match step.part:
        case Text(markdown):
            with st.container(key="learn_text_lecture"):
                st.markdown(live(markdown))
        case Figure(figure):
            # What is said about a figure comes first: behind a tall one it would be below the edge of the screen.
            if step.caption:
                with st.container(key="learn_text_caption"):
                    st.markdown(live(step.caption))
            with guard():
                FIGURES[figure]()
        case Asked():
            if step.revealed:
                reveal(step.part)
            else:
                question(name, step.part, headed=False)
    _bar(live(lesson.title), at, len(found))


def _bar(title: str, at: int, last: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="lecture_bar"):
        _button("before", ":material/arrow_back:", at - 1, disabled=at == 1)
        _button("next", ":material/arrow_forward:", at + 1, disabled=at == last)
        st.caption(t("learn.lecture.bar", title=title, step=at, total=last), width="stretch")
        _button("close", ":material/close:", None)


def _button(name: str, icon: str, step: int | None, *, disabled: bool = False) -> None:
    st.button(
        t(f"learn.lecture.{name}"),
        icon=icon,
        key=f"lecture_{name}",
        disabled=disabled,
        on_click=ask,
        args=(STEP_KEY, None if step is None else str(step)),
    )
