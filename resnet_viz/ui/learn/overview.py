"""All lessons: what each promises, which are done, and with which to go on."""

from __future__ import annotations

import streamlit as st

from resnet_viz.learn.lesson import LESSONS
from resnet_viz.ui.learn.lessons import done, number, read
from resnet_viz.ui.learn.prose import MEASURE, live
from resnet_viz.ui.state import t


def overview() -> None:
    """Draw the list of the lessons."""
    finished = done()
    following = next((name for name in LESSONS if name not in finished), None)
    if finished:
        st.progress(len(finished) / len(LESSONS), width=MEASURE)
        st.caption(t("learn.progress", done=len(finished), total=len(LESSONS)))
    if following is not None:
        words = (
            t("learn.go_on", number=number(following), title=read(following).title) if finished else t("learn.begin")
        )
        st.markdown(live(f"[{words} :material/arrow_forward:](lesson:{following})"))
    with st.container(key="learn_text_list"), st.grid(2, min_column_width=340, gap="medium"):
        for name in LESSONS:
            _entry(name, name in finished)


def _entry(name: str, finished: bool) -> None:
    lesson = read(name)
    tick = f" :green[:material/check_circle: {t('learn.is_done')}]" if finished else ""
    st.markdown(live(f"**{number(name)}**&ensp;[**{lesson.title}**](lesson:{name}){tick}  \n{lesson.promise}"))
