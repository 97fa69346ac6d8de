"""The quiz from the keyboard: a hint for a wrong answer, a streak for a right one, and the way to what was asked about."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from resnet_viz.lang import text
from resnet_viz.learn.plans import plan
from resnet_viz.learn.quiz import exercise
from resnet_viz.report.wording import answer
from tests.browser.chromium import open_page, settle
from tests.browser.visitor import query


def test_an_answer_is_typed_and_its_place_visited(page: Page) -> None:
    open_page(page, "/learn?lang=en&learn=quiz&seed=2&question=2")
    found = exercise(2, 2, plan)
    typed = page.locator("[class*=st-key-quiz_typed] input")
    typed.fill("12")
    typed.press("Enter")
    expect(page.locator(".katex").first).to_be_visible()  # the hint has a formula
    expect(page.get_by_text(text("en", "quiz.streak", count=0))).to_be_visible()
    typed.fill(answer(found))
    typed.press("Enter")
    expect(page.get_by_text(text("en", "quiz.streak", count=1))).to_be_visible()
    page.get_by_role("link", name=re.compile(re.escape(found.place))).click()
    expect(page).to_have_url(re.compile(rf"/\?.*place={re.escape(found.place)}"))
    settle(page)
    assert query(page)["network"] == [found.network]
