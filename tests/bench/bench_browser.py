"""What a visitor waits for, measured in a real browser: clicks, page switches, and the first page after the start.

    python -m tests.bench.bench_browser [--repeat 9]

prints a table for the README. A time runs from the press of the mouse to the first frame that shows the result; for the first
page from the start of `streamlit run`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.chromium import PATIENCE_MS, launch, open_page, settle, visit
from tests.browser.server import Server, serve
from tests.browser.visitor import box

STAGES = ("stage1", "stage2", "stage3", "stage4")
TILES = ("layer1.0", "layer2.0", "layer3.0", "layer4.0", "layer1.2", "layer3.5")

START_CLOCK = """document.addEventListener("pointerdown", () => { window.pressed = performance.now(); },
                                           { capture: true, once: true })"""

# Both wait for what is in a component's shadow root or on the page, and answer with the milliseconds since the press.
BOX_SHOWN = """(place) => {
  const hosts = [...document.querySelectorAll(".st-key-architecture_figure *")].filter((e) => e.shadowRoot);
  const shown = hosts.some((host) => host.shadowRoot.querySelector(`g.node[data-node="${place}"]`));
  return shown && performance.now() - window.pressed;
}"""
PICTURE_CHANGED = """(before) => {
  const pictures = [...document.querySelectorAll("[data-testid=stImage] img")];
  const last = pictures.at(-1);
  return last && last.src !== before && last.complete && last.naturalWidth > 0 && performance.now() - window.pressed;
}"""
TITLE_CHANGED = """(before) => {
  const title = document.querySelector("[data-testid=stMain] h1")?.textContent;
  const app = document.querySelector("[data-testid=stApp]");
  const still = app.dataset.testScriptState === "notRunning" && !document.querySelector("[data-stale=true]");
  return title && title !== before && still && performance.now() - window.pressed;
}"""


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of wait, in milliseconds."""

    what: str
    times: tuple[float, ...]

    def __str__(self) -> str:
        return f"| {self.what} | {median(self.times):,.0f} ms | {max(self.times):,.0f} ms | {len(self.times)} |"


def press(page: Page, act: Callable[[], None], shown: str, argument: str) -> float:
    """Milliseconds from the press of the mouse in `act` to the frame in which `shown` holds."""
    page.evaluate(START_CLOCK)
    act()
    taken: float = page.wait_for_function(shown, arg=argument, polling="raf", timeout=PATIENCE_MS).json_value()
    settle(page)
    return taken


def clicks_on_a_box(page: Page, repeat: int) -> Iterator[Row]:
    """A click on a stage until its blocks are drawn beside it: for the first time, and again."""
    open_page(page, "/?place=stage0")

    def click(stage: str) -> float:
        first_block = f"layer{stage.removeprefix('stage')}.0"
        return press(page, box(page, stage).click, BOX_SHOWN, first_block)

    yield Row("click on a stage until its blocks are drawn, first time", tuple(click(stage) for stage in STAGES))
    again = tuple(click(STAGES[turn % len(STAGES)]) for turn in range(repeat))
    yield Row("the same, again", again)


def clicks_on_a_tile(page: Page, repeat: int) -> Iterator[Row]:
    """A click on a block of the strip until its heatmap is painted."""
    open_page(page, "/activations?place=input")

    def click(place: str) -> float:
        before = page.locator("[data-testid=stImage] img").last.get_attribute("src") or ""
        here = str(page.evaluate("(src) => new URL(src, location.href).href", before))
        return press(page, page.locator(f'.st-key-way [data-tile="{place}"]').click, PICTURE_CHANGED, here)

    yield Row(
        "click on a block until its heatmap is painted", tuple(click(TILES[n % len(TILES)]) for n in range(repeat))
    )


def page_switches(page: Page, repeat: int) -> Iterator[Row]:
    """A click on a page's name until the page is drawn; each page has been seen once before."""
    names = ("blocks", "activations", "architecture")
    open_page(page, "/")

    def switch(name: str) -> float:
        before = page.locator("[data-testid=stMain] h1").inner_text()
        index = ("architecture", "blocks", "activations").index(name)
        return press(page, page.locator("[data-testid=stSidebarNavLink]").nth(index).click, TITLE_CHANGED, before)

    for name in names:
        switch(name)
    times: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(repeat):
        for name in names:
            times[name].append(switch(name))
    for name in names:
        yield Row(f"switch to the {name} page", tuple(times[name]))


def first_pages(browser: Browser, repeat: int) -> Iterator[Row]:
    """From the start of `streamlit run` to the first figure, and the same page for the next visitor."""
    first, next_visitor = [], []
    for _ in range(repeat):
        began = time.perf_counter()
        with serve() as server:
            first.append(1000 * (_figure(browser, server) - began))
            began = time.perf_counter()
            next_visitor.append(1000 * (_figure(browser, server) - began))
    yield Row("first page after `streamlit run`, start of the server included", tuple(first))
    yield Row("first page of the next visitor", tuple(next_visitor))


def _figure(browser: Browser, server: Server) -> float:
    with visit(browser, server) as (page, _):
        page.goto("/")
        expect(page.locator("g.node").first).to_be_visible(timeout=PATIENCE_MS)
        return time.perf_counter()


def main() -> int:
    """Measure everything and print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--repeat", type=int, default=9, help="times each wait is measured (default 9)")
    repeat = options.parse_args().repeat
    print("| what | median | longest | of |\n|---|---|---|---|", flush=True)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for row in first_pages(browser, min(repeat, 3)):
            print(row, flush=True)
        with serve() as server:
            for measure in (clicks_on_a_box, page_switches, clicks_on_a_tile):
                with visit(browser, server) as (page, _):
                    for row in measure(page, repeat):
                        print(row, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
