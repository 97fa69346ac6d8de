"""Training in the page: it goes on while the visitor looks elsewhere, waits its turn, and ends when told."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from resnet_viz.ui.compare.train_choices import FIRST_DEPTHS
from tests.browser.chromium import open_page, settle, visit
from tests.browser.server import Server
from tests.browser.visitor import go_to

VIEW = "/compare?view=train&lang=en"
LONG = 56
"""Layers of a job that no machine ends before it is cancelled."""


def begin(page: Page, layers: int) -> None:
    """Choose both kinds at one depth, and start."""
    open_page(page, VIEW)
    for depth in {*FIRST_DEPTHS} ^ {layers}:  # a click chooses, or takes the choice back
        page.locator(".st-key-train_depths button", has_text=re.compile(rf"^{depth}$")).click()
        settle(page)
    start = page.locator(".st-key-train_start button")
    expect(start).to_have_text(re.compile("Train 2 networks"))
    start.click()


def test_training_shows_its_curves_and_says_what_came_out(page: Page) -> None:
    begin(page, 8)
    expect(page.locator(".st-key-train_pause")).to_be_visible()
    expect(page.locator(".st-key-train_loss .js-line").first).to_be_visible()
    expect(page.locator(".st-key-train_forget")).to_be_visible()
    expect(page.get_by_text("What came out")).to_be_visible()
    expect(page.get_by_text(re.compile(r"residual, 8 layers ended at a training loss of"))).to_be_visible()
    expect(page.locator(".st-key-train_start button")).to_be_enabled()


def test_training_goes_on_while_the_visitor_looks_elsewhere_and_others_wait(
    browser: Browser, server: Server, page: Page
) -> None:
    begin(page, LONG)
    progress = page.locator("[data-testid=stProgress]")
    expect(progress).to_contain_text(re.compile(rf"Network 1 of 2: residual, {LONG} layers"))
    with visit(browser, server) as (second, watch):
        begin(second, LONG)
        expect(second.get_by_text("Ahead of yours: 1.")).to_be_visible()
        go_to(page, "blocks")
        go_to(page, "compare")
        page.locator(".st-key-view button").last.click()
        expect(page.locator(".st-key-train_cancel")).to_be_visible()
        page.locator(".st-key-train_cancel button").click()
        expect(page.locator(".st-key-train_cancel")).to_have_count(0)
        expect(page.locator(".st-key-train_start button")).to_be_enabled()
        expect(second.locator("[data-testid=stProgress]")).to_be_visible()
        second.locator(".st-key-train_cancel button").click()
        expect(second.locator(".st-key-train_cancel")).to_have_count(0)
        assert not watch.problems, "\n".join(watch.problems)
