"""Lesions by mouse: a block switched off, a point that selects its place, a link that brings all back, work stopped."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.chromium import open_page, settle
from tests.browser.visitor import expect_selected, query

SMALL = "/activations?lang=en&network=resnet18&size=64&weights=none"


def test_a_block_is_cut_and_a_link_keeps_it(page: Page) -> None:
    open_page(page, f"{SMALL}&place=layer4.1")
    page.locator(".st-key-look button", has_text="Lesions").click()
    page.locator(".st-key-cut_branch_2 button", has_text="layer2.1").click()
    expect(page.get_by_text("without F(x) in layer2.1").first).to_be_visible()
    settle(page)
    assert query(page)["cut"] == ["layer2.1.branch"]

    chart = page.locator('[class*="st-key-departed"]').first
    chart.scroll_into_view_if_needed()
    point = chart.locator(".scatterlayer .point").nth(6).bounding_box()  # input, stage0, then the blocks in order
    assert point is not None
    page.mouse.click(point["x"] + point["width"] / 2, point["y"] + point["height"] / 2)
    expect_selected(page, "layer3.0")
    expect(page.get_by_text("Maps of layer3.0")).to_be_visible()

    page.locator(".st-key-cut_shortcut_2 button", has_text="layer2.1").click()
    expect(page.get_by_text("with the shortcut cut in layer2.1").first).to_be_visible()
    settle(page)
    page.reload()
    expect(page.get_by_text("with the shortcut cut in layer2.1").first).to_be_visible()
    assert query(page)["cut"] == ["layer2.1.shortcut"]


def test_random_blocks_are_counted_and_stopped(page: Page) -> None:
    open_page(page, "/activations?lang=en&look=lesions&lesion=random&size=224")
    # What is drawn instead while its bar is still asked for leaves nothing of it behind.
    page.locator(".st-key-lesion button", has_text="The picture").click()
    settle(page)
    expect(page.locator(".st-key-change")).to_be_visible()
    expect(page.locator(".st-key-drops_seed")).to_have_count(0)
    page.locator(".st-key-lesion button", has_text="Random blocks").click()
    stop = page.get_by_test_id("stMain").get_by_role("button", name="Stop")  # Streamlit has one of its own above
    stop.click()
    expect(page.get_by_role("button", name="Start again")).to_be_visible()
    expect(stop).to_have_count(0)


def test_a_changed_picture_on_a_phone(phone: Page) -> None:
    open_page(phone, f"{SMALL}&look=lesions&lesion=picture&change=rotation")
    expect(phone.get_by_text("They are farthest apart at")).to_be_visible()
    expect(phone.get_by_text("untrained ResNet-18, random weights · Rotation")).to_be_visible()
    phone.locator(".st-key-change button", has_text="Noise").click()
    expect(phone.get_by_text("untrained ResNet-18, random weights · Noise")).to_be_visible()
