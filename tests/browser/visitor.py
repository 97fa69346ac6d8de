"""What a visitor does on the app's pages, and what must then hold."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

from resnet_viz.lang import LANGUAGES, Language
from tests.browser.chromium import settle


def box(page: Page, place: str) -> Locator:
    """The box of a place in the diagrams; the last one, where the column beside repeats it in full."""
    return page.locator(f'g.node[data-node="{place}"]:visible').last


def expect_selected(page: Page, place: str) -> None:
    """The select box, the URL and the marked box agree."""
    expect(page.locator(".st-key-place input")).to_have_value(place)
    expect(page).to_have_url(re.compile(rf"[?&]place={re.escape(place)}(&|$)"))
    settle(page)


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def go_to(page: Page, name: str) -> None:
    """Follow the sidebar's link to a page."""
    page.locator(f'[data-testid=stSidebarNavLink][href*="{name}"]').click()
    expect(page).to_have_url(re.compile(rf"/{name}"))
    settle(page)


def switch_language(page: Page, language: Language) -> None:
    page.locator(".st-key-lang button").nth(LANGUAGES.index(language)).click()
    expect(page).to_have_url(re.compile(rf"[?&]lang={language}"))
    settle(page)


def choose_place(page: Page, place: str) -> None:
    """Select a place from the keyboard in the select box: type its name, take the option that is left."""
    choice = page.locator(".st-key-place input")
    choice.focus()
    choice.press("Control+A")
    choice.press_sequentially(place)
    expect(page.get_by_role("option", name=place, exact=True)).to_be_visible()
    choice.press("ArrowDown")
    choice.press("Enter")
    expect_selected(page, place)
