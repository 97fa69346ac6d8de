"""A lesson as a student works through it: read, follow a link and come back, answer, go on; then as a teacher shows it."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from resnet_viz.lang import lesson, text
from resnet_viz.learn.lesson import Lesson, parse
from resnet_viz.learn.questions import QUESTIONS
from tests.browser.chromium import open_page, settle
from tests.browser.visitor import expect_selected, query

CHECK = text("en", "learn.question.check")


def read(name: str) -> Lesson:
    return parse(lesson("en", name), name)


def expect_title(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    settle(page)


def test_a_student_works_through_a_lesson(page: Page) -> None:
    network, stem = read("network"), read("stem")
    right = str(QUESTIONS[network.question.id].answer())
    open_page(page, "/learn?size=64")
    entries = int(page.evaluate("history.length"))
    page.get_by_role("link", name=network.title, exact=True).click()
    expect_title(page, network.title)
    field = page.locator(f".st-key-typed_{network.question.id} input")
    field.fill("12")
    link = page.get_by_role("link", name="layer4.1")
    link.click()
    expect_selected(page, "layer4.1")
    assert int(page.evaluate("history.length")) == entries + 2
    page.go_back()
    expect_title(page, network.title)
    expect(link).to_be_in_viewport()
    expect(field).to_have_value("12")
    link.click()
    expect_selected(page, "layer4.1")
    page.locator(".st-key-way_back button").click()
    expect_title(page, network.title)
    expect(link).to_be_in_viewport()
    field.fill("7")
    page.get_by_role("button", name=CHECK).click()
    expect(page.get_by_text(text("en", "quiz.said.wrong", typed="7"))).to_be_visible()
    field.fill(right)
    page.get_by_role("button", name=CHECK).click()
    expect(page.get_by_text(text("en", "quiz.said.right", answer=right))).to_be_visible()
    expect(page).to_have_url(re.compile("[?&]done=network"))
    settle(page)
    page.get_by_role("link", name=stem.title, exact=True).click()
    expect_title(page, stem.title)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0


def test_a_figure_taller_than_the_screen_begins_with_its_title(page: Page) -> None:
    open_page(page, "/learn?lesson=cost&step=6&size=64")
    main = page.get_by_test_id("stMain")
    expect(main.locator("svg .place").first).to_be_visible()
    assert main.evaluate("main => main.scrollHeight > main.clientHeight && main.scrollTop === 0")
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()


def test_a_teacher_shows_it_with_the_arrow_keys(page: Page) -> None:
    open_page(page, "/learn?lesson=stem&size=64")
    page.locator(".st-key-learn_full_lecture button").first.click()
    bar = page.locator(".st-key-lecture_bar")
    expect(bar).to_be_visible()
    page.wait_for_function("document.fullscreenElement !== null")
    settle(page)
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("[?&]step=2"))
    settle(page)
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile("[?&]step=1"))
    settle(page)
    page.evaluate("document.exitFullscreen()")
    expect(bar).to_have_count(0)
    settle(page)
    assert "step" not in query(page)
