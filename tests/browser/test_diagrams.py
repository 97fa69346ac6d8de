"""Diagrams in the browser: zoom, drag, what stays after a click, the steps of a phone, and markup that is refused."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from resnet_viz.lang import text
from tests.browser.chromium import open_page, settle
from tests.browser.render import problems_of_layout
from tests.browser.visitor import box, expect_selected

CLEAN = Path(__file__).parents[2] / "resnet_viz" / "ui" / "svg_clean.js"

HOSTILE = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="alert(1)">
<script>alert(1)</script><foreignObject><b>b</b></foreignObject><image href="http://example.org/a.png"/>
<g class="graph"><title>%1</title><g class="node place stage1" onclick="alert(1)"><title>&lt;b&gt;</title>

<a xlink:href="javascript:alert(1)"><text>x</text></a><path d="M0,0" fill="none" style="fill:url(http://example.org)"/>
<text font-size="11" y="2">CONV</text></g></g></svg>"""


def pane(page: Page, index: int) -> Locator:
    return page.locator("section.pane").nth(index)


def view(page: Page, index: int) -> tuple[float, ...]:
    """(x, y, width, height) of what a pane shows of its drawing."""
    shown = pane(page, index).locator(".view > svg").get_attribute("viewBox") or ""
    return tuple(float(value) for value in shown.split())


def zoom(page: Page, index: int, action: str) -> None:
    pane(page, index).get_by_role("button", name=text("en", f"diagram.{action}")).click()


def test_zoom_and_drag_stay_after_a_click(page: Page) -> None:
    open_page(page, "/?place=layer3.2&lang=en")
    expect(box(page, "layer3.2.conv2")).to_be_visible()
    settle(page)
    whole = view(page, 2)
    zoom(page, 2, "zoom_in")
    near = view(page, 2)
    assert near[2] < whole[2]
    box(page, "layer3.2.conv2").click()
    expect_selected(page, "layer3.2.conv2")
    near, before = view(page, 2), near
    assert near[2:] == before[2:], "the same diagram keeps its zoom"

    frame = pane(page, 2).locator(".view").bounding_box()
    assert frame is not None
    x, y = frame["x"] + frame["width"] - 15, frame["y"] + frame["height"] - 15
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 5, y - 60, steps=4)
    page.mouse.up()
    moved = view(page, 2)
    dragged = pane(page, 2).locator(".view > svg").get_attribute("viewBox") or ""
    assert moved[1] > near[1] and moved[2:] == near[2:]
    settle(page)
    expect_selected(page, "layer3.2.conv2")  # the end of a drag is no click

    page.mouse.move(x - 60, y - 60)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    expect(pane(page, 2).locator(".view > svg")).not_to_have_attribute("viewBox", dragged)
    assert view(page, 2)[2] < moved[2]
    zoom(page, 2, "fit")
    assert view(page, 2)[1] == 0 and view(page, 2)[2] > near[2]


def test_a_click_beside_the_boxes_goes_one_level_up(page: Page) -> None:
    open_page(page, "/?place=layer2.1.conv2&lang=en")
    expect(box(page, "layer2.1.conv2")).to_have_attribute("aria-pressed", "true")
    for above in ("layer2.1", "stage2"):
        pane(page, 0).locator(".view").click(position={"x": 4, "y": 4})
        expect_selected(page, above)
    pane(page, 0).locator(".view").click(position={"x": 4, "y": 4})
    expect(page.locator('g.node[aria-pressed="true"]')).to_have_count(0)  # the network: no box is chosen


def test_what_is_open_beside_is_marked(page: Page) -> None:
    open_page(page, "/?place=layer2.1.conv2&lang=en")
    for place in ("stage2", "layer2.1"):
        expect(box(page, place)).to_have_class(re.compile(r"\bopen\b"))
    expect(page.locator("g.place.open")).to_have_count(2)


def test_a_far_block_is_in_sight(page: Page) -> None:
    open_page(page, "/?network=resnet152&place=layer3.33&lang=en")
    expect(box(page, "layer3.33")).to_have_attribute("aria-pressed", "true")
    settle(page)
    here, frame = box(page, "layer3.33").bounding_box(), pane(page, 1).locator(".view").bounding_box()
    assert here is not None and frame is not None
    assert frame["y"] < here["y"] + here["height"] / 4
    assert here["y"] + 3 * here["height"] / 4 < frame["y"] + frame["height"]


def test_columns_become_steps_on_a_phone(phone: Page) -> None:
    open_page(phone, "/?place=network&lang=en")
    tabs = phone.locator(".steps").get_by_role("tab")
    expect(tabs).to_have_count(3)
    expect(phone.locator("section.pane:visible")).to_have_count(1)
    expect(box(phone, "layer3.2")).to_have_count(0)
    box(phone, "stage3").tap()
    expect_selected(phone, "stage3")
    expect(tabs.nth(1)).to_have_attribute("aria-selected", "true")
    box(phone, "layer3.2").tap()
    expect_selected(phone, "layer3.2")
    expect(tabs.nth(2)).to_have_attribute("aria-selected", "true")
    box(phone, "layer3.2.conv2").tap()
    expect_selected(phone, "layer3.2.conv2")
    assert problems_of_layout(phone) == []
    expect(box(phone, "layer3.2.add")).to_be_visible()
    tabs.nth(0).tap()
    expect(box(phone, "stage3")).to_be_visible()
    expect_selected(phone, "layer3.2.conv2")


def test_only_shapes_and_words_reach_the_page(browser: Browser) -> None:
    page = browser.new_page()
    page.add_script_tag(content=CLEAN.read_text(encoding="utf-8"))
    left = page.evaluate("source => cleaned(source).outerHTML", HOSTILE)
    page.close()
    assert left.replace("\n", "") == (
        '<svg xmlns="http://www.w3.org/2000/svg" role="group"><g class="graph">'
        '<g class="node place stage1" data-node="&lt;b&gt;" role="button"><title>&lt;b&gt;</title>'
        '<path d="M0,0" fill="none"></path><text font-size="11" y="2">CONV</text></g></g></svg>'
    )
