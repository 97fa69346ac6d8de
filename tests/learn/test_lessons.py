"""The lessons as they are written: every link leads somewhere, every question has an answer, both languages agree."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from resnet_viz.lang import LANGUAGES, Language, lesson
from resnet_viz.learn.glossary import TERMS
from resnet_viz.learn.lesson import LESSONS, Lesson, parse
from resnet_viz.learn.links import Link, links
from resnet_viz.learn.numbers import fill, fill_answer, keys, spelled, value
from resnet_viz.learn.plans import plan
from resnet_viz.learn.question import check
from resnet_viz.learn.questions import QUESTIONS
from resnet_viz.learn.references import references
from resnet_viz.learn.steps import steps
from resnet_viz.ui.learn.figures import FIGURES

ROOT = Path(__file__).parents[2]
COSTLY = ("signal.passes", "shattered.shattered", "paths.paths", "landscape.landscape", "image.same_image")
"""Parts of the compare page that have no choices in links: its own tests draw them."""

EACH = [(name, language) for name in LESSONS for language in LANGUAGES]


def read(name: str, language: Language) -> Lesson:
    return parse(lesson(language, name), f"{language}/{name}.md")


def page_links() -> list[Link]:
    """Links to other pages with what they choose there, each once, in the order of the lessons."""
    found = (link for name in LESSONS for link in links(read(name, "en").markdown) if link.kind == "page")
    return list(dict.fromkeys(found))


def test_both_languages_have_the_same_figures_questions_and_links() -> None:
    for name in LESSONS:
        english, chinese = (read(name, language) for language in LANGUAGES)
        assert english.figures == chinese.figures, name
        assert english.question.id == chinese.question.id, name
        assert len(english.question.choices) == len(chinese.question.choices), name
        assert english.next == chinese.next, name
        kinds = [[(type(step.part), bool(step.caption)) for step in steps(found)] for found in (english, chinese)]
        assert kinds[0] == kinds[1], name  # a link into a lecture leads to the same step in both
        pair = [sorted((link.kind, link.target) for link in links(found.markdown)) for found in (english, chinese)]
        assert pair[0] == pair[1], name


def test_every_lesson_has_a_figure_and_no_figure_or_question_is_left_over() -> None:
    english = [read(name, "en") for name in LESSONS]
    assert all(found.figures for found in english)
    assert {figure for found in english for figure in found.figures} == set(FIGURES)
    asked = [found.question.id for found in english]
    assert sorted(asked) == sorted(QUESTIONS)


@pytest.mark.parametrize(("name", "language"), EACH)
def test_every_link_and_live_number_is_known(name: str, language: Language) -> None:
    found = read(name, language)
    known = {"lesson": LESSONS, "ref": references(), "term": TERMS, "place": plan().places}
    wrong = [link for link in links(found.markdown) if link.kind in known and link.target not in known[link.kind]]
    assert not wrong
    assert set(found.next) <= set(LESSONS)
    assert all(value(key) != "" for key in keys(found.markdown))
    assert "{" not in fill(found.title)
    assert not keys(fill(found.markdown))


@pytest.mark.parametrize("name", LESSONS)
def test_the_right_answer_of_a_question_is_right(name: str) -> None:
    asked = read(name, "en").question
    known = QUESTIONS[asked.id]
    right = known.answer()
    assert bool(asked.choices) == (known.kind == "choice")
    assert isinstance(right, tuple) == (known.kind == "shape")
    if asked.choices:
        assert isinstance(right, int)
        assert 0 <= right < len(asked.choices)
        assert [check(known, index) for index in range(len(asked.choices))].count("right") == 1
    else:
        assert check(known, spelled(right)) == "right"
    assert "{answer}" not in fill_answer(asked.answer, right)


@pytest.mark.parametrize("link", page_links(), ids=lambda link: link.target)
def test_a_link_opens_its_page_as_it_says(link: Link, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked for is what a widget then shows, or what the address goes on saying."""
    for part in COSTLY:
        monkeypatch.setattr(f"resnet_viz.ui.compare.{part}", lambda: None)
    page = ROOT / "resnet_viz" / "pages" / f"{link.page}.py"
    assert page.is_file()
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.switch_page(str(page.relative_to(ROOT)))
    choices = {"lang": "en", "size": "64", **link.choices}
    for parameter, chosen in choices.items():
        app.query_params[parameter] = chosen
    app.run()
    assert not app.exception
    state = app.session_state
    refused = [
        f"{parameter}={chosen}"
        for parameter, chosen in link.choices.items()
        if not (parameter in state and str(state[parameter]) == chosen) and state["address"].get(parameter) != chosen
    ]
    assert not refused
