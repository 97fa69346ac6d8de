"""The quiz: a question from the seed, an answer, a hint where it is wrong, then how it is worked out; and a streak."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import SystemRandom
from typing import Literal, cast

import streamlit as st

from resnet_viz.learn.exercise import Exercise
from resnet_viz.learn.field_slip import field_slip
from resnet_viz.learn.plans import plan
from resnet_viz.learn.quiz import PER_SHEET, SEEDS, exercise
from resnet_viz.learn.typed import Verdict
from resnet_viz.networks.catalog import spec
from resnet_viz.report.wording import answer, hint, note, question, step
from resnet_viz.ui.address import ask
from resnet_viz.ui.choices import asked_number, remember, whole_number
from resnet_viz.ui.learn.prose import MEASURE, live
from resnet_viz.ui.state import language, t

SEED_KEY, QUESTION_KEY = "seed", "question"
"""Parameters of the URL: the seed, and the number of its question."""

MOST = 9_999
"""Questions of a seed that are offered."""

LONGEST = 60
"""Signs of an answer that are read."""

_ATTEMPTS, _STREAK = "quiz_attempts", "quiz_streak"
"""Session keys: what was answered, by seed and number; how many answers in a row are right, now and at best."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a student has done about a question."""

    typed: str = ""
    verdict: Verdict | None = None
    """Of the last answer; None before the first."""
    wrong: int = 0
    """How many answers were wrong."""
    hinted: bool = False
    shown: bool = False
    """Whether the solution was asked for."""

    @property
    def ended(self) -> bool:
        """Whether there is nothing left to find out."""
        return self.shown or self.verdict == "right"


@st.fragment
def quiz() -> None:
    """Draw the seed, the streak and the question."""
    with st.container(width=MEASURE, key="learn_quiz"):
        st.markdown(t("quiz.lead", count=PER_SHEET))
        seed = seed_choice()
        number = asked_number(QUESTION_KEY, 1, 1, MOST)
        found = exercise(seed, number, plan)
        attempt = _attempts().get((seed, number), Attempt())
        with st.container(border=True, key="learn_question"):
            _ask(found)
            if not attempt.ended:
                _answer(found)
            _told(found, attempt)
        _on(number, attempt)


def seed_choice() -> int:
    """Draw the choice of a seed, and a button for one by chance. Returns it; quiz and worksheet share it."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        seed = whole_number(t("quiz.seed"), key=SEED_KEY, default=1, low=1, high=SEEDS, width=160)
        st.button(t("quiz.other"), icon=":material/casino:", key="quiz_other", on_click=_other)
    return seed


def _other() -> None:
    remember(SEED_KEY, str(SystemRandom().randint(2, SEEDS)), default="1")
    ask(QUESTION_KEY, None)


def _ask(found: Exercise) -> None:
    now, best = _streak()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(t("quiz.question", number=found.number), anchor=False, width="stretch")
        st.caption(f":material/local_fire_department: {t('quiz.streak', count=now)}", width="content")
        st.caption(t("quiz.best", count=best), width="content")
    st.markdown(question(language(), found))
    said = note(language(), found)
    if said:
        st.caption(said)
    if found.given:
        st.code("\n".join(found.given), language="python", wrap_lines=True)


def _answer(found: Exercise) -> None:
    key = f"quiz_typed_{found.seed}_{found.number}"
    kind = "shape" if found.quantity == "shape" else "number"
    with st.form(f"quiz_form_{found.seed}_{found.number}", border=False):
        st.text_input(t(f"quiz.answer_{kind}"), key=key)
        st.form_submit_button(t("quiz.check"), type="primary", on_click=_check, args=(found, key))


def _check(found: Exercise, key: str) -> None:
    """Judge what was typed. Only a wrong answer ends a streak: what cannot be read, or fits as far as it goes, is none."""
    typed = str(st.session_state.get(key) or "").strip()[:LONGEST]
    before = _attempts().get((found.seed, found.number), Attempt())
    verdict = found.judge(typed)
    wrong = verdict == "wrong"
    _keep(found, replace(before, typed=typed, verdict=verdict, wrong=before.wrong + wrong))
    now, best = _streak()
    if verdict == "right":
        st.session_state[_STREAK] = (now + 1, max(best, now + 1))
    elif wrong:
        st.session_state[_STREAK] = (0, best)


def _told(found: Exercise, attempt: Attempt) -> None:
    """What is said to the last answer, the hint, and how it is worked out."""
    kind: Literal["shape", "number"] = "shape" if found.quantity == "shape" else "number"
    typed = f"`{attempt.typed.replace('`', '')}`"
    if attempt.ended:
        st.success(t(f"quiz.said.{'right' if attempt.verdict == 'right' else 'shown'}", answer=f"**{answer(found)}**"))
    elif attempt.verdict == "unreadable":
        st.warning(t(f"quiz.said.unreadable_{kind}"))
    elif attempt.verdict is not None:
        st.warning(t(f"quiz.said.{attempt.verdict}", typed=typed) + _slip(found, attempt))
    hinted = attempt.hinted or attempt.wrong > 0
    if hinted and not attempt.ended:
        st.info(hint(language(), found), icon=":material/lightbulb:")
    if attempt.ended or attempt.wrong > 1:
        _solution(found)
    elif hinted:
        _button("solution_please", found, replace(attempt, shown=True))
    else:
        _button("hint_please", found, replace(attempt, hinted=True))


def _slip(found: Exercise, attempt: Attempt) -> str:
    """What went wrong with a receptive field, where the number tells."""
    wrong = found.quantity == "field" and attempt.verdict == "wrong"
    slip = field_slip(plan(found.network, found.size), found.ends, attempt.typed) if wrong else None
    return f"\n\n{t(f'quiz.slips.{slip}')}" if slip else ""


def _button(name: Literal["hint_please", "solution_please"], found: Exercise, then: Attempt) -> None:
    icon = ":material/lightbulb:" if name == "hint_please" else ":material/school:"
    st.button(t(f"quiz.{name}"), icon=icon, type="tertiary", key=f"quiz_{name}", on_click=_give, args=(found, then))


def _give(found: Exercise, then: Attempt) -> None:
    """Give a hint, or the solution; that ends a streak too."""
    _keep(found, then)
    if then.shown:
        st.session_state[_STREAK] = (0, _streak()[1])


def _solution(found: Exercise) -> None:
    with st.expander(t("quiz.solution"), icon=":material/school:", expanded=True):
        lines = []
        for each in found.steps:
            formula = f"  \n   $\\displaystyle {each.formula}$" if each.formula else ""
            lines.append(f"1. {step(language(), each)}{formula}")
        st.markdown("\n".join(lines))
        query = f"network={found.network}&size={found.size}&place={found.place}"
        see = t("quiz.see", place=found.place, network=spec(found.network).title)
        st.markdown(live(f"[{see} :material/arrow_forward:](page:architecture?{query})"))


def _on(number: int, attempt: Attempt) -> None:
    """The way to the questions before and behind."""
    with st.container(horizontal=True):
        if number > 1:
            before = None if number == 2 else str(number - 1)
            st.button(
                t("quiz.before"),
                icon=":material/arrow_back:",
                key="quiz_before",
                on_click=ask,
                args=(QUESTION_KEY, before),
            )
        if number < MOST:
            st.button(
                t("quiz.next"),
                icon=":material/arrow_forward:",
                icon_position="right",
                type="primary" if attempt.ended else "secondary",
                key="quiz_next",
                on_click=ask,
                args=(QUESTION_KEY, str(number + 1)),
            )


def _attempts() -> dict[tuple[int, int], Attempt]:
    return cast("dict[tuple[int, int], Attempt]", st.session_state.setdefault(_ATTEMPTS, {}))


def _keep(found: Exercise, attempt: Attempt) -> None:
    _attempts()[found.seed, found.number] = attempt


def _streak() -> tuple[int, int]:
    return cast("tuple[int, int]", st.session_state.get(_STREAK, (0, 0)))
