"""A lesson on a screen, one step at a time: a section, a figure, a question, then its answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import streamlit as st

from resnet_viz.learn.lesson import Asked, Figure, Lesson, Part, Text
from resnet_viz.ui.address import ask, show
from resnet_viz.ui.choices import asked_number
from resnet_viz.ui.errors import guard
from resnet_viz.ui.learn.figures import FIGURES
from resnet_viz.ui.learn.lessons import STEP_KEY, read
from resnet_viz.ui.learn.prose import live
from resnet_viz.ui.learn.question import question, reveal
from resnet_viz.ui.state import t


@dataclass(frozen=True, slots=True)
class Step:
    """What is on the screen at one time."""

    heading: str
    part: Part
    caption: str = ""
    """The one paragraph that follows a figure."""
    revealed: bool = False
    """Whether a question's answer is shown."""


def steps(lesson: Lesson) -> tuple[Step, ...]:
    """All steps of a lesson; a question is one to think, and one to see the answer."""
    return tuple(step for section in lesson.sections for step in _steps(section.heading or lesson.title, section.parts))


def _steps(heading: str, parts: Sequence[Part]) -> Iterator[Step]:
    for before, part in zip((None, *parts), parts, strict=False):
        if isinstance(part, Text) and isinstance(before, Figure) and _is_caption(part):
            continue
        following = parts[parts.index(part) + 1 :][:1]
        caption = next((text.markdown for text in following if isinstance(text, Text) and _is_caption(text)), "")
        yield Step(heading, part, caption=caption if isinstance(part, Figure) else "")
        if isinstance(part, Asked):
            yield Step(heading, part, revealed=True)


def _is_caption(text: Text) -> bool:
    return "\n\n" not in text.markdown


def lecture(name: str) -> None:
    """Draw the step that the URL names, and the way to the ones beside it."""
    lesson = read(name)
    found = steps(lesson)
    at = min(asked_number(STEP_KEY, 1, low=1), len(found))
    show(STEP_KEY, str(at))
    step = found[at - 1]
    st.title(live(step.heading), anchor=False)
    match step.part:
        case Text(markdown):
            with st.container(key="learn_text_lecture"):
                st.markdown(live(markdown))
        case Figure(figure):
            with guard():
                FIGURES[figure]()
            if step.caption:
                with st.container(key="learn_text_caption"):
                    st.markdown(live(step.caption))
        case Asked():
            if step.revealed:
                reveal(step.part)
            else:
                question(name, step.part)
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
