"""Fixtures for tests in a browser: one app for all, a watched visitor for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.chromium import PATIENCE_MS, NoChromiumError, Visitor, launch, visit
from tests.browser.server import Server, serve


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder: `-m "not browser"` leaves it out."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The app, started once; its output must hold no traceback when the tests are done."""
    with serve() as running:
        yield running
        assert "Traceback" not in running.output(), running.output()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium. Without one the test fails, and says how to get it."""
    expect.set_options(timeout=PATIENCE_MS)
    # Module scope: while Playwright is open its event loop occupies this thread, and other tests may want one.
    with sync_playwright() as playwright:
        try:
            chromium = launch(playwright)
        except NoChromiumError as error:
            pytest.fail(str(error), pytrace=False)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def desk(browser: Browser, server: Server) -> Iterator[Visitor]:
    """The window of the visitors at a desk."""
    with visit(browser, server) as visitor:
        yield visitor


@pytest.fixture(scope="module")
def hand(browser: Browser, server: Server) -> Iterator[Visitor]:
    """The window of the visitors with a phone."""
    with visit(browser, server, width=390, height=844, touch=True) as visitor:
        yield visitor


@pytest.fixture
def page(desk: Visitor) -> Iterator[Page]:
    """A visitor at a desk, whose page neither leaves 127.0.0.1 nor says an error on its console."""
    yield from _anew(desk)


@pytest.fixture
def phone(hand: Visitor) -> Iterator[Page]:
    """The same visitor with a phone, 390 pixels wide."""
    yield from _anew(hand)


@pytest.fixture
def new_window(browser: Browser, server: Server) -> Iterator[Page]:
    """A visitor at a desk whose window has no history: a browser keeps 50 entries of one, and then counts no further."""
    with visit(browser, server) as (page, watch):
        yield page
        assert not watch.problems, "\n".join(watch.problems)


def _anew(visitor: Visitor) -> Iterator[Page]:
    """The next visitor of a window: a session of their own, nothing kept. A window of their own costs twice the time."""
    page, watch = visitor
    size = page.viewport_size
    watch.problems.clear()
    yield page
    page.evaluate("localStorage.clear(), sessionStorage.clear()")
    page.context.clear_cookies()
    page.goto("about:blank")
    if size is not None:
        page.set_viewport_size(size)
    assert not watch.problems, "\n".join(watch.problems)
