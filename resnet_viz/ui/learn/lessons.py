"""Which lesson is open, and which are done."""

from __future__ import annotations

from functools import cache

import streamlit as st

from resnet_viz.lang import Language, lesson
from resnet_viz.learn.lesson import LESSONS, Lesson, parse
from resnet_viz.ui.address import ask, show, wish
from resnet_viz.ui.state import PLACE_KEY, language

LEARN_KEY, LESSON_KEY, DONE_KEY, STEP_KEY = "learn", "lesson", "done", "step"
"""Parameters of the URL: the view of the page, the open lesson, the lessons that are done, the step of a lecture."""

FIGURE_KEYS = (PLACE_KEY, "line", "counted", "beside", "how", "channel")
"""Parameters of the URL that figures of lessons set: what one lesson made of them is not what the next one means."""

LONGEST = 60
"""Signs of a typed answer that are kept."""

_DONE = "done_lessons"
"""Session key of what was done here: a step back in the browser's history undoes none of it."""
_TYPED = "typed_answers"
"""Session key of what was typed as answers, by question: a field is emptied when its page is left."""


def read(name: str) -> Lesson:
    """A lesson in the chosen language."""
    return _parsed(language(), name)


@cache
def _parsed(spoken: Language, name: str) -> Lesson:
    return parse(lesson(spoken, name), f"{name}.md")


def number(name: str) -> int:
    """A lesson's number, from 1."""
    return LESSONS.index(name) + 1


def opened() -> str | None:
    """The lesson that the visitor has open, on whatever page; None for none."""
    asked = wish(LESSON_KEY)
    return asked if asked in LESSONS else None


def close() -> None:
    """Leave the lesson, and what was chosen in its figures. Call it from a callback."""
    for parameter in (LESSON_KEY, *FIGURE_KEYS):
        ask(parameter, None)


def done() -> tuple[str, ...]:
    """The lessons that are done, here or by the link that was followed, in their order."""
    marked = {*(wish(DONE_KEY) or "").split("."), *st.session_state.get(_DONE, ())}
    return tuple(name for name in LESSONS if name in marked)


def mark_done(name: str) -> None:
    """A lesson is done: its question has been answered."""
    st.session_state[_DONE] = (*st.session_state.get(_DONE, ()), name)


def typed(question: str) -> str:
    """What was last typed as the answer to a question, submitted or not."""
    return str(st.session_state.get(_TYPED, {}).get(question, ""))


def keep_typed(question: str, answer: str) -> None:
    """Keep what stands in the field of a question, for when the visitor comes back."""
    st.session_state[_TYPED] = {**st.session_state.get(_TYPED, {}), question: answer[:LONGEST]}


def show_progress() -> None:
    """Have the address say which lessons are done."""
    show(DONE_KEY, ".".join(done()) or None)
