"""The message of the lesson on the residual unit: whole from the first and on paper, passed on when it is asked for."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from resnet_viz.lang import lesson, text
from resnet_viz.learn.lesson import Figure, parse
from tests.browser.chromium import open_page


def step() -> int:
    """The step of the lecture that shows the message, and no network."""
    found = parse(lesson("en", "unit"), "unit.md")
    return 1 + found.parts.index(Figure("unit-message"))


def test_the_message_is_passed_on(page: Page) -> None:
    open_page(page, f"/learn?lesson=unit&step={step()}&lang=en")
    arrived, waiting = page.locator(".message .end .said"), page.locator(".message .waiting")
    start = text("en", "message.start")
    expect(arrived.first).to_have_text(text("en", "message.plain.said_3"))
    expect(arrived.last).to_contain_text(start)
    expect(waiting).to_have_count(0)

    page.get_by_role("button", name=text("en", "message.play")).click()
    expect(waiting).not_to_have_count(0)
    page.emulate_media(media="print")
    expect(arrived.last).to_have_css("opacity", "1")
    page.emulate_media(media="screen")
    expect(page.locator(".message .plain .waiting")).to_have_count(0)
    expect(waiting).to_have_count(0)
    expect(page.locator(".message")).not_to_have_attribute("data-playing", "true")
