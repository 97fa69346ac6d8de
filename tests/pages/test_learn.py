"""The learn page as a visitor without a mouse has it: lessons, questions, progress, the way back, a lecture."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from resnet_viz.lang import LANGUAGES, Language, lesson, text
from resnet_viz.learn.lesson import LESSONS, parse
from resnet_viz.learn.questions import QUESTIONS

APP = Path(__file__).parents[2] / "app.py"


def start(page: str = "learn", **query: str) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=120)
    app.switch_page(f"resnet_viz/pages/{page}.py")
    for name, value in {"lang": "en", "size": "64", **query}.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    return "\n".join(
        str(element.value) for kind in ("markdown", "caption", "success", "warning") for element in app.get(kind)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_lessons_are_listed_with_links_that_keep_the_visitors_choices(language: Language) -> None:
    app = start(lang=language, network="resnet101", done="stem.cost")
    shown = said(app)
    for name in LESSONS:
        title = parse(lesson(language, name), name).title
        assert (address := re.search(rf"\[\*\*{re.escape(title)}\*\*\]\(learn\?([^)]*)\)", shown))
        kept = {"size": "64", "network": "resnet101", "done": "stem.cost", "lesson": name}
        assert {"lang": "en", **dict(parse_qsl(address[1]))} == {"lang": language, **kept}
    assert text(language, "learn.progress", done=2, total=len(LESSONS)) in shown
    assert shown.count(text(language, "learn.is_done")) >= 2


def test_a_lesson_that_there_is_not_opens_the_list() -> None:
    assert start(lesson="nonsense", step="3").title[0].value == text("en", "learn.title")


@pytest.mark.parametrize("name", LESSONS)
def test_every_figure_of_a_lesson_is_drawn(name: str) -> None:
    app = start(lesson=name)
    assert app.title[0].value == parse(lesson("en", name), name).title
    assert not app.error


def answer(app: AppTest, question: str, typed: str) -> None:
    app.text_input(key=f"typed_{question}").set_value(typed)
    next(button for button in app.button if button.label == text("en", "learn.question.check")).click().run()


def test_a_question_is_answered_and_the_lesson_is_done() -> None:
    asked = parse(lesson("en", "network"), "network").question
    app = start(lesson="network")
    right = QUESTIONS[asked.id].answer()
    answer(app, asked.id, "7")
    assert text("en", "quiz.said.wrong", typed="7") in said(app)
    assert "done" not in app.session_state["address"]
    answer(app, asked.id, str(right))
    assert text("en", "quiz.said.right", answer=right) in said(app)
    assert app.session_state["address"]["done"] == "network"
    app.button(key="learn_all").click().run()
    assert text("en", "learn.progress", done=1, total=len(LESSONS)) in said(app)


def test_every_page_has_a_way_back_to_the_open_lesson() -> None:
    app = start("blocks", lesson="stem", learn="quiz")
    assert "way_back" not in {button.key for button in start("blocks").button}
    app.button(key="way_back").click().run()
    assert app.title[0].value == parse(lesson("en", "stem"), "stem").title
    assert "way_back" not in {button.key for button in app.button}


def test_the_glossary_has_a_way_back_to_the_lesson_that_led_there() -> None:
    app = start(lesson="stem", learn="glossary", term="padding")
    app.button(key="way_back").click().run()
    assert app.title[0].value == parse(lesson("en", "stem"), "stem").title
    assert not {"learn", "term"} & set(app.session_state["address"])
    assert "way_back" not in {button.key for button in start(learn="glossary", term="padding").button}


def test_what_a_lessons_figures_chose_leaves_the_address_with_the_lesson() -> None:
    app = start(lesson="unit", place="layer3.1", line="5", counted="vgg16", done="unit")
    following = parse(lesson("en", "unit"), "unit").next[0]
    found = re.search(rf"\(learn\?([^)]*lesson={following}[^)]*)\)", said(app))
    assert found and dict(parse_qsl(found[1])) == {"size": "64", "lesson": following, "done": "unit"}
    app.button(key="learn_all").click().run()
    assert not {"lesson", "place", "line", "counted"} & set(app.session_state["address"])


def test_a_lecture_goes_step_by_step_and_reveals_an_answer_after_its_question() -> None:
    asked = parse(lesson("en", "network"), "network").question
    app = start(lesson="network", step="99")
    last = int(app.session_state["address"]["step"])
    assert last < 99
    assert app.button(key="lecture_next").disabled
    while f"typed_{asked.id}" not in {field.key for field in app.text_input}:
        app.button(key="lecture_before").click().run()
    assert not app.success
    app.button(key="lecture_next").click().run()
    assert app.success
    app.button(key="lecture_close").click().run()
    assert "step" not in app.session_state["address"]
    assert app.title[0].value == parse(lesson("en", "network"), "network").title
