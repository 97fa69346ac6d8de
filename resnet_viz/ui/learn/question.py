"""The question of a lesson: answer, be told, ask for a hint, see why. Checked against the live model."""

from __future__ import annotations

import streamlit as st

from resnet_viz.learn.lesson import Asked
from resnet_viz.learn.numbers import fill_answer
from resnet_viz.learn.question import Answer, Question, check
from resnet_viz.learn.questions import QUESTIONS
from resnet_viz.learn.spelled import Value, spelled
from resnet_viz.ui.learn.lessons import keep_typed, mark_done, typed
from resnet_viz.ui.learn.prose import MEASURE, live
from resnet_viz.ui.state import t


@st.fragment
def question(lesson: str, asked: Asked, *, headed: bool = True) -> None:
    """Draw the question of a lesson, under a heading of its own; the lesson is done when it has been answered."""
    with st.container(key="learn_question", width=MEASURE):
        if headed:
            st.subheader(t("learn.question.heading"), anchor=False)
        with st.container(key="learn_text_question"):
            st.markdown(live(asked.markdown))
        _ask(lesson, asked, QUESTIONS[asked.id])


def reveal(asked: Asked) -> None:
    """Draw a question with its answer, as a lecture shows it."""
    with st.container(key="learn_question", width=MEASURE):
        with st.container(key="learn_text_question"):
            st.markdown(live("\n".join([asked.markdown, "", *(f"- {choice}" for choice in asked.choices)])))
        _solution(asked, t("quiz.said.shown", answer=_words(asked, QUESTIONS[asked.id].answer())))


def _ask(lesson: str, asked: Asked, known: Question) -> None:
    key = f"answered_{asked.id}"
    with st.form(f"question_{asked.id}", border=False):
        given = _given(asked, known)
        if st.form_submit_button(t("learn.question.check")):
            if isinstance(given, str):
                keep_typed(asked.id, given)
            _answered(lesson, key, "unreadable" if given is None else check(known, given), given)
    with st.expander(t("learn.question.hint"), icon=":material/lightbulb:"), st.container(key="learn_text_hint"):
        st.markdown(live(asked.hint))
    _told(lesson, asked, known, key)


def _given(asked: Asked, known: Question) -> str | int | None:
    """Draw what an answer is given with. Returns what was typed, or the index of a choice."""
    if known.kind == "choice":
        return st.radio(
            t("learn.question.choice"),
            range(len(asked.choices)),
            index=None,
            format_func=lambda index: live(asked.choices[index]),
            label_visibility="collapsed",
            key=f"choice_{asked.id}",
        )
    key = f"typed_{asked.id}"
    st.session_state.setdefault(key, typed(asked.id))
    return st.text_input(t(f"learn.question.{known.kind}"), key=key)


def _answered(lesson: str, key: str, state: str, given: str | int | None) -> None:
    """Keep what came of an answer; where that ends the lesson, the rest of the page hears of it."""
    st.session_state[key] = state, given
    if state in {"right", "shown"}:
        mark_done(lesson)
        st.rerun()


def _told(lesson: str, asked: Asked, known: Question, key: str) -> None:
    """What is said to the last answer."""
    state, given = st.session_state.get(key, ("", None))
    if state in {"right", "shown"}:
        _solution(asked, t(f"quiz.said.{state}", answer=_words(asked, known.answer())))
    elif state == "unreadable":
        unchosen = known.kind == "choice"
        st.warning(t("learn.question.unchosen") if unchosen else t(f"quiz.said.unreadable_{known.kind}"))
    elif state:
        words = _words(asked, given) if isinstance(given, int) else str(given).strip()
        said = "learn.question.wrong_choice" if isinstance(given, int) else f"quiz.said.{state}"
        st.warning(t(said, typed=words), icon=":material/close:")
        if st.button(t("learn.question.show"), key=f"show_{asked.id}", type="tertiary"):
            _answered(lesson, key, "shown", None)


def _solution(asked: Asked, said: str) -> None:
    st.success(said, icon=":material/check:")
    with st.container(key="learn_text_answer"):
        st.markdown(live(fill_answer(asked.answer, _answer(asked))))
    st.caption(t("learn.question.checked"))


def _answer(asked: Asked) -> Value:
    right = QUESTIONS[asked.id].answer()
    return live(asked.choices[right]) if asked.choices and isinstance(right, int) else right


def _words(asked: Asked, given: Answer) -> str:
    """An answer as a sentence has it: a choice by its words."""
    return live(asked.choices[given]).rstrip(".。") if asked.choices and isinstance(given, int) else spelled(given)
