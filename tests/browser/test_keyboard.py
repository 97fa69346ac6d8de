"""The diagrams without a mouse: every box can be reached, is named, and answers Enter, Space and the arrows."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from resnet_viz.lang import text
from tests.browser.chromium import open_page
from tests.browser.visitor import box, choose_place, expect_selected

FOCUSED = """() => {
  let here = document.activeElement;
  while (here?.shadowRoot?.activeElement) here = here.shadowRoot.activeElement;
  return here?.dataset?.node ?? null;
}"""
"""The place of the box that has the focus, whichever shadow root it is in."""

FAR_ENOUGH = 60


def tab_to_a_box(page: Page) -> str:
    """Press Tab until a box has the focus, and return its place."""
    for _ in range(FAR_ENOUGH):
        page.keyboard.press("Tab")
        place: str | None = page.evaluate(FOCUSED)
        if place is not None:
            return place
    raise AssertionError(f"no box within {FAR_ENOUGH} presses of Tab")


def test_a_box_is_selected_from_the_keyboard(page: Page) -> None:
    open_page(page, "/?place=layer1.0&lang=en")
    expect(box(page, "layer1.0.conv1")).to_be_visible()
    first = tab_to_a_box(page)
    page.keyboard.press("ArrowDown")
    below: str = page.evaluate(FOCUSED)
    assert below not in {None, first}
    page.keyboard.press("Enter")
    expect_selected(page, below)
    assert page.evaluate(FOCUSED) == below, "the focus stays where the visitor was"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    expect_selected(page, first)


def test_every_box_has_a_name_and_says_whether_it_is_selected(page: Page) -> None:
    open_page(page, "/?place=layer1.0.conv2&lang=en")
    expect(box(page, "layer1.0.conv2")).to_be_visible()
    boxes = page.locator("g.node[data-node]")
    assert boxes.count() > 20
    for index in range(boxes.count()):
        here = boxes.nth(index)
        assert here.get_attribute("role") == "button"
        assert here.get_attribute("tabindex") in {"0", "-1"}
        assert (here.get_attribute("aria-label") or "").strip()
        chosen = here.get_attribute("data-node") == "layer1.0.conv2"
        assert here.get_attribute("aria-pressed") == str(chosen).lower()


def test_the_select_box_is_the_other_way(page: Page) -> None:
    open_page(page, "/?lang=en")
    expect(page.get_by_role("combobox", name=text("en", "common.place"))).to_be_visible()
    choose_place(page, "layer2.3.conv3")
    expect(box(page, "layer2.3.conv3")).to_have_attribute("aria-pressed", "true")
