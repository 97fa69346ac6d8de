"""Fixtures for tests in a browser: one app for all, a watched visitor for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.chromium import PATIENCE_MS, NoChromiumError, launch, visit
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


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """A visitor at a desk, whose page neither leaves 127.0.0.1 nor says an error on its console."""
    with visit(browser, server) as (page, watch):
        yield page
        assert not watch.problems, "\n".join(watch.problems)


@pytest.fixture
def phone(browser: Browser, server: Server) -> Iterator[Page]:
    """The same visitor with a phone, 390 pixels wide."""
    with visit(browser, server, width=390, height=844, touch=True) as (page, watch):
        yield page
        assert not watch.problems, "\n".join(watch.problems)
