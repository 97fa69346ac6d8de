"""One lesson to read: text at a readable width, figures at full width, its question, and where to go on."""

from __future__ import annotations

import streamlit as st

from resnet_viz.learn.lesson import LESSONS, Asked, Figure, Lesson, Part, Text
from resnet_viz.learn.steps import steps
from resnet_viz.ui.address import ask
from resnet_viz.ui.errors import guard
from resnet_viz.ui.learn.figures import FIGURES
from resnet_viz.ui.learn.lessons import STEP_KEY, close, done, number, read
from resnet_viz.ui.learn.prose import MEASURE, live
from resnet_viz.ui.learn.question import question
from resnet_viz.ui.state import t


def lesson_view(name: str) -> None:
    """Draw a lesson from its title to where to go on."""
    lesson = read(name)
    _head(name)
    st.title(lesson.title, anchor=False)
    with st.container(width=MEASURE, key="learn_promise"):
        st.markdown(live(lesson.promise))
    for place, section in enumerate(lesson.sections):
        if section.heading:
            st.header(live(section.heading), anchor=False)
        for index, part in enumerate(section.parts):
            _draw(name, lesson, part, f"{place}_{index}")
    _on(lesson)


def _head(name: str) -> None:
    """The way to all lessons, which one this is, and the lecture."""
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.button(
            t("learn.all"),
            icon=":material/arrow_back:",
            type="tertiary",
            on_click=close,
            key="learn_all",
        )
        tick = f" · :green[:material/check_circle: {t('learn.is_done')}]" if name in done() else ""
        st.caption(t("learn.numbered", number=number(name), total=len(LESSONS)) + tick, width="content")
        st.button(
            t("learn.lecture.start"),
            icon=":material/slideshow:",
            type="tertiary",
            help=t("learn.lecture.start_help"),
            key="learn_full_lecture",
            on_click=ask,
            args=(STEP_KEY, "1"),
        )


def _draw(name: str, lesson: Lesson, part: Part, key: str) -> None:
    match part:
        case Text(markdown):
            with st.container(width=MEASURE, key=f"learn_text_{key}"):
                st.markdown(live(markdown))
        case Figure(figure):
            with st.container(border=True, key=f"learn_figure_{figure}"):
                with guard():
                    FIGURES[figure]()
                step = next(at for at, found in enumerate(steps(lesson), start=1) if found.part == part)
                st.button(
                    t("learn.full_screen"),
                    icon=":material/fullscreen:",
                    type="tertiary",
                    key=f"learn_full_{figure}",
                    on_click=ask,
                    args=(STEP_KEY, str(step)),
                )
        case Asked():
            question(name, part)


def _on(lesson: Lesson) -> None:
    st.subheader(t("learn.next"), anchor=False)
    with st.container(width=MEASURE, key="learn_text_next"):
        for name in lesson.next:
            found = read(name)
            st.markdown(live(f"[**{found.title}**](lesson:{name})  \n{found.promise}"))
