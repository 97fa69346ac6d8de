"""The inside of a block by mouse: a map of a step, a point of the chart of all blocks, and a file to keep."""

from __future__ import annotations

import numpy as np
from playwright.sync_api import Page, expect

from tests.browser.chromium import open_page, settle
from tests.browser.visitor import expect_selected

SMALL = "/activations?lang=en&network=resnet18&size=64&weights=none&look=block"


def test_a_click_on_a_step_and_on_a_point(page: Page, tmp_path) -> None:
    open_page(page, f"{SMALL}&place=layer2.0")
    page.locator('.st-key-block_steps button[data-tile="layer2.0.bn1"]').click()
    expect_selected(page, "layer2.0.bn1")
    expect(page.get_by_text("bn1: layer2.0.bn1, 128x8x8")).to_be_visible()
    page.locator('.st-key-block_steps button[data-tile="x"]').click()
    expect(page.get_by_text("x, what goes into the block")).to_be_visible()
    settle(page)

    chart = page.locator('[class*="st-key-block_norms_chart"]')
    chart.scroll_into_view_if_needed()
    point = chart.locator(".scatterlayer .point").nth(5).bounding_box()  # the blocks in order: layer1.0 is the first
    assert point is not None
    page.mouse.click(point["x"] + point["width"] / 2, point["y"] + point["height"] / 2)
    expect_selected(page, "layer3.1")
    expect(page.get_by_text("ResNet-18: layer3.1")).to_be_visible()

    with page.expect_download() as found:
        page.locator(".st-key-block_npz button").click()
    found.value.save_as(tmp_path / "block.npz")
    arrays = np.load(tmp_path / "block.npz")
    branch, shortcut = arrays["layer3.1.bn2"], arrays["layer3.0.relu_1"]
    assert np.array_equal(np.maximum(branch + shortcut, 0), arrays["layer3.1.relu_1"])
