"""The blocks page by mouse and keyboard: boxes of the diagram, lines of the program."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.chromium import open_page, settle
from tests.browser.visitor import box


def expect_step(page: Page, number: int, line: int) -> None:
    """The program's marked line and the number in the field agree."""
    expect(page.locator("button.line[aria-current=step] .number")).to_have_text(str(line))
    expect(page.locator(".st-key-step input")).to_have_value(str(number))
    settle(page)


def test_a_click_on_a_box_spells_it_out(page: Page) -> None:
    open_page(page, "/blocks?lang=en")
    box(page, "layer2.0.conv3").click()
    expect(page.locator(".st-key-block_operation input")).to_have_value("conv3")
    expect(page.get_by_text("1x1x128x512 = 65,536")).to_be_visible()
    expect(page.locator("[data-testid=stException]")).to_have_count(0)


def test_the_program_is_stepped_by_click_and_by_keyboard(page: Page) -> None:
    open_page(page, "/blocks?block_view=code&lang=en")
    expect_step(page, 11, 23)
    page.locator("button.line", has_text="out = self.bn1(out)").click()
    expect_step(page, 12, 24)
    expect(page).to_have_url(re.compile(r"[?&]step=12(&|$)"))
    expect(page.locator("button.line.here .shape")).to_have_text("→ (2, 128, 56, 56)")
    page.locator("button.line[aria-current=step]").press("ArrowDown")
    page.keyboard.press("Enter")
    expect_step(page, 13, 25)
    page.locator(".st-key-step_next button").click()
    expect_step(page, 14, 26)
    expect(page.locator("button.line[tabindex='0']")).to_have_count(1)


def test_a_reload_keeps_numbers_view_and_step(page: Page) -> None:
    open_page(page, "/blocks?block_view=code&block=BTNK2&c=64&w=8&step=20&lang=zh")
    expect_step(page, 20, 29)
    page.reload()
    settle(page)
    expect_step(page, 20, 29)
    expect(page.locator(".st-key-c input")).to_have_value("64")


def test_on_a_phone_the_values_come_before_the_program(phone: Page) -> None:
    open_page(phone, "/blocks?block_view=code&lang=en")
    above = phone.get_by_text("Step 11 of 21").bounding_box()
    below = phone.locator(".code .rows").bounding_box()
    assert above is not None and below is not None
    assert above["y"] < below["y"]
