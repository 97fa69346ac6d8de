"""The quiz without a mouse: wrong, hint, wrong, solution; right, a streak, the next question; and the lists beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from resnet_viz.lang import LANGUAGES, Language, text
from resnet_viz.learn.exercise import Exercise
from resnet_viz.learn.plans import plan
from resnet_viz.learn.quiz import exercise
from resnet_viz.report.wording import answer, hint, question

APP = Path(__file__).parents[3] / "app.py"
PAGE = "resnet_viz/pages/learn.py"
SEED = 2


def start(**query: str) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=120)
    app.switch_page(PAGE)
    for name, value in ({"lang": "en"} | query).items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def say(app: AppTest, found: Exercise, typed: str) -> None:
    app.text_input(f"quiz_typed_{found.seed}_{found.number}").set_value(typed)
    next(button for button in app.button if button.label == text("en", "quiz.check")).click()
    app.run()
    assert not app.exception


def said(app: AppTest) -> str:
    kinds = ("markdown", "caption", "info", "warning", "success")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))


def test_a_wrong_answer_gets_a_hint_then_the_way() -> None:
    app = start(learn="quiz", seed=str(SEED), question="2")
    found = exercise(SEED, 2, plan)
    assert question("en", found) in said(app)
    say(app, found, "seven")
    assert text("en", "quiz.said.unreadable_number") in said(app) and hint("en", found) not in said(app)
    say(app, found, "7")
    assert hint("en", found) in said(app)
    assert found.steps[0].formula not in said(app) and answer(found) not in said(app)
    say(app, found, "8")
    assert found.steps[0].formula in said(app)
    assert text("en", "quiz.streak", count=0) in said(app)


def test_a_wrong_field_is_told_what_was_left_out() -> None:
    app = start(learn="quiz", seed="1", question="5")
    found = exercise(1, 5, plan)
    assert found.quantity == "field" and isinstance(found.answer, int)
    say(app, found, str(found.answer - 1))
    assert text("en", "quiz.slips.no_pixel") in said(app) and hint("en", found) in said(app)


def test_right_answers_make_a_streak_and_another_seed_another_question() -> None:
    app = start(learn="quiz", seed=str(SEED))
    first = exercise(SEED, 1, plan)
    say(app, first, answer(first).replace("x", ", "))
    assert text("en", "quiz.said.right", answer=f"**{answer(first)}**") in said(app)
    assert text("en", "quiz.streak", count=1) in said(app)
    app.button("quiz_next").click().run()
    assert app.query_params["question"] in ("2", ["2"])
    second = exercise(SEED, 2, plan)
    assert question("en", second) in said(app)
    app.button("quiz_hint_please").click().run()
    app.button("quiz_solution_please").click().run()
    assert text("en", "quiz.said.shown", answer=f"**{answer(second)}**") in said(app)
    assert text("en", "quiz.streak", count=0) in said(app) and text("en", "quiz.best", count=1) in said(app)
    app.button("quiz_other").click().run()
    assert app.query_params["seed"] not in (str(SEED), [str(SEED)]) and "question" not in app.query_params


@pytest.mark.parametrize("language", LANGUAGES)
def test_glossary_and_references_are_searched_and_linked_to(language: Language) -> None:
    app = start(learn="glossary", lang=language)
    assert text(language, "glossary.residual.means") in said(app)
    app.text_input("glossary_search").set_value("投影").run()
    assert text(language, "glossary.projection.means") in said(app)
    assert text(language, "glossary.residual.means") not in said(app)
    app = start(learn="glossary", term="receptive-field", lang=language)
    assert text(language, "glossary.receptive_field.means") in said(app)
    assert text(language, "glossary.residual.means") not in said(app)
    app = start(learn="references", ref="he2015", lang=language)
    assert "https://arxiv.org/abs/1512.03385" in said(app) and "1603.05027" not in said(app)


def test_the_worksheet_is_drawn() -> None:
    app = start(learn="worksheet", seed=str(SEED))
    assert text("en", "quiz.sheet.preview", seed=SEED) in said(app)
    assert not app.get("error")
