"""The networks page by mouse: a bubble is counted, a backbone is seen at another size."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from resnet_viz.analysis.family import FAMILY
from tests.browser.chromium import open_page, settle
from tests.browser.visitor import query


def test_a_bubble_shows_how_its_depth_is_counted(page: Page) -> None:
    open_page(page, "/networks?lang=en")
    expect(page.locator(".js-plotly-plot")).to_have_count(2)
    order = [origin.network for origin in FAMILY]
    box = page.locator(".js-plotly-plot").first.locator("path.point").nth(order.index("googlenet")).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=3)
    expect(page.locator(".hoverlayer .hovertext")).to_contain_text("22 layers deep")
    page.mouse.down()  # not on the bubble itself: Plotly lays a sheet over all of them
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"[?&]counted=googlenet(&|$)"))
    expect(page.get_by_text("1 + 2 + 4 + 10 + 4 + 1 = 22")).to_be_visible()


def test_side_outputs_follow_their_size(page: Page) -> None:
    open_page(page, "/networks?lang=en&family=outputs&backbone_size=96&network=resnet18")
    boxes = page.locator(".maps").first.locator("figure")
    expect(boxes.last).to_contain_text("512x3x3")
    size = page.locator(".st-key-backbone_size input")
    size.fill("64")
    size.press("Enter")
    expect(boxes.last).to_contain_text("512x2x2")
    settle(page)
    drawn = boxes.last.locator("img").evaluate("image => image.naturalWidth")
    assert drawn > 10
    expect(page.locator('img[alt^="C5"]')).to_be_visible()
    assert query(page)["backbone_size"] == ["64"]
