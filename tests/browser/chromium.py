"""Chromium for the tests: where it is, how it is started, and what a page of the app must never do."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Playwright, Request, WebSocket, expect

from tests.browser.server import HOST, Server

VARIABLE = "RESNET_VIZ_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ADVICE = (
    "The browser tests need a Chromium: install one (Debian and Ubuntu: apt-get install chromium fonts-noto-cjk), or "
    f'name its program in {VARIABLE}. The rest runs without: python -m pytest -m "not browser"'
)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {HOST}",
)
HEIGHT = 1000
"""Of a window, in pixels, unless another is asked for."""

PATIENCE_MS = 90_000
"""How long a page may take on a busy machine of two cores; a test waits for an event, never for this."""

PROBE = re.compile(r"/\w+/_stcore/(health|host-config)")
"""Streamlit, opened at a page's address, asks below that address first where its server is, and is told 404."""

Theme = Literal["light", "dark"]


class NoChromiumError(RuntimeError):
    """There is no Chromium on this machine; the message says how to get one."""


def find_chromium() -> str:
    """Path of a Chromium: the one that the environment names, else the first on PATH. Raises NoChromiumError."""
    named = os.environ.get(VARIABLE)
    if named:
        found = shutil.which(named)
        if found is None:
            raise NoChromiumError(f"{VARIABLE}={named} is no program. {ADVICE}")
        return found
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return found
    raise NoChromiumError(ADVICE)


def launch(playwright: Playwright) -> Browser:
    """A headless Chromium that cannot resolve any name. Raises NoChromiumError."""
    return playwright.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))


@dataclass
class Watch:
    """What a page did that it must not do."""

    problems: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        """Note requests that leave this machine, errors on the console and uncaught exceptions of `page`."""
        page.on("request", self._request)
        page.on("websocket", self._websocket)
        page.on("console", self._console)
        page.on("pageerror", self._pageerror)

    def _request(self, request: Request) -> None:
        self._address(request.url)

    def _websocket(self, socket: WebSocket) -> None:
        self._address(socket.url)

    def _address(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob"} and parts.hostname != HOST:
            self.problems.append(f"request to {url}")

    def _console(self, message: ConsoleMessage) -> None:
        address = str(message.location.get("url", ""))
        if message.type == "error" and not PROBE.fullmatch(urlsplit(address).path):
            self.problems.append(f"console: {message.text} ({address})")

    def _pageerror(self, error: Error) -> None:
        self.problems.append(f"uncaught: {error.message}")


Visitor = tuple[Page, Watch]
"""A visitor's page, and what is noted of it."""


@contextmanager
def visit(
    browser: Browser,
    server: Server,
    *,
    width: int = 1440,
    height: int = HEIGHT,
    theme: Theme = "light",
    locale: str = "en-US",
    touch: bool = False,
) -> Iterator[Visitor]:
    """A visitor of their own: a fresh page in a fresh profile, watched. Addresses are relative to the app."""
    with browser.new_context(
        base_url=server.url,
        viewport={"width": width, "height": height},
        color_scheme=theme,
        locale=locale,
        has_touch=touch,
        reduced_motion="reduce",
    ) as context:
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        watch = Watch()
        watch.follow(page)
        yield page, watch


def settle(page: Page) -> None:
    """Wait until the app has answered: connected, no script running, nothing on the page stale or still loading."""
    expect(page.locator("[data-testid=stApp][data-test-connection-state=CONNECTED]")).to_have_count(
        1, timeout=PATIENCE_MS
    )
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_have_count(1, timeout=PATIENCE_MS)
    expect(page.locator("[data-stale=true], [data-testid=stSkeleton]")).to_have_count(0, timeout=PATIENCE_MS)
    expect(page.locator("[data-testid=stMain] h1").first).to_be_visible(timeout=PATIENCE_MS)


def open_page(page: Page, address: str) -> None:
    """Open an address of the app, such as `/blocks?lang=zh`, and wait until it is drawn."""
    page.goto(address)
    settle(page)
