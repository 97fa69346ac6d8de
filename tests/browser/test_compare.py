"""The compare page by mouse: one click looks into both networks, and all that is beside follows."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.chromium import open_page, settle
from tests.browser.visitor import expect_selected, query

LEFT, RIGHT = 0, 1


def box(page: Page, side: int, place: str) -> Locator:
    return page.locator("section.pane").nth(side).locator(f'g.node[data-node="{place}"]')


def expect_chosen(page: Page, option: str) -> None:
    """What the select box shows of a place that one network alone has."""
    expect(page.locator(".st-key-place input")).to_have_value(option)
    settle(page)


def choose_view(page: Page, name: str) -> None:
    page.locator(".st-key-view button", has_text=name).click()
    settle(page)


def test_a_click_looks_into_both_networks(page: Page) -> None:
    open_page(page, "/compare?lang=en&level=network")
    expect(box(page, LEFT, "stage2")).to_have_class(re.compile(r"\bmarked\b"))
    expect(box(page, LEFT, "stage0")).not_to_have_class(re.compile(r"\bmarked\b"))
    box(page, RIGHT, "stage2").click()
    expect(page.locator("section.pane .title")).to_have_text(["ResNet-50: Stage 2", "Plain-50: Stage 2"])
    expect_selected(page, "stage2")
    box(page, LEFT, "layer2.0").click()
    expect(page.locator("section.pane .title")).to_have_text(["ResNet-50: Block layer2.0", "Plain-50: Block layer2.0"])
    expect_selected(page, "layer2.0")
    expect(box(page, LEFT, "layer2.0.downsample.0")).to_have_class(re.compile(r"\bmarked\b"))
    expect(box(page, RIGHT, "layer2.0.downsample.0")).to_have_count(0)
    page.locator("section.pane .view").first.click(position={"x": 5, "y": 5})
    expect(page.locator("section.pane .title").first).to_have_text("ResNet-50: Stage 2")
    assert query(page).get("level") is None  # the level that a visit begins with is not in the URL


def test_the_twin_and_any_other_network(page: Page) -> None:
    open_page(page, "/compare?lang=en&left=resnet34&right=vgg16&level=network")
    expect(page.locator("section.pane .title").last).to_have_text("VGG-16: Network")
    page.locator(".st-key-compare_twin button").click()
    expect(page.locator("section.pane .title").last).to_have_text("Plain-34: Network")
    settle(page)
    assert query(page)["right"] == ["plain34"]
    page.reload()
    settle(page)
    expect(page.locator("section.pane .title")).to_have_text(["ResNet-34: Network", "Plain-34: Network"])


def test_a_box_of_the_right_network_is_its_own(page: Page) -> None:
    """Both networks call a stage `stage1`; it is another part in each."""
    open_page(page, "/compare?lang=en&left=googlenet&right=vgg16&level=network")
    box(page, RIGHT, "stage1").click()
    expect(page.locator("section.pane .title")).to_have_text(["GoogLeNet: Network", "VGG-16: Stage 1"])
    expect(page.get_by_text("Nothing in GoogLeNet stands beside stage1 of VGG-16")).to_be_visible()
    box(page, RIGHT, "features.2").click()
    expect_chosen(page, "features.2 · VGG-16")
    assert query(page)["place"] == ["features.2"]
    page.locator("section.pane .view").last.click(position={"x": 5, "y": 5})
    expect_chosen(page, "stage1 · VGG-16")
    assert query(page)["place_of"] == ["right"]
    box(page, LEFT, "stage3").click()
    expect(page.locator("section.pane .title")).to_have_text(["GoogLeNet: Stage 3", "VGG-16: Stage 4"])
    settle(page)
    assert "place_of" not in query(page)


def test_a_row_that_the_right_network_has_alone_is_shown(page: Page) -> None:
    open_page(page, "/compare?lang=en&left=resnet18&right=plain34")
    page.locator(".st-key-compare_shown button", has_text="What differs").click()
    settle(page)
    rows = page.locator(".st-key-compare_rows .dvn-scroller")
    rows.scroll_into_view_if_needed()
    rows.click(position={"x": 18, "y": 35 * 3 + 18})  # below the head and the two additions of the stage
    expect(page.locator("section.pane .title")).to_have_text(["ResNet-18: Stage 1", "Plain-34: Block layer1.2"])
    expect_chosen(page, "layer1.2.conv1 · Plain-34")
    expect(page.get_by_text("ResNet-18 has no layer1.2.conv1; shown is stage1.")).to_be_visible()
    page.reload()
    expect_chosen(page, "layer1.2.conv1 · Plain-34")


def test_a_view_is_part_of_the_address(page: Page) -> None:
    open_page(page, "/compare?lang=en")
    choose_view(page, "Train")
    expect(page).to_have_url(re.compile(r"[?&]view=train(&|$)"))
    expect(page.locator(".st-key-train_start button")).to_be_visible()
    expect(page.locator("section.pane")).to_have_count(0)
    choose_view(page, "Side by side")
    expect(page.locator("section.pane")).to_have_count(2)
    expect(page.locator("[data-testid=stException]")).to_have_count(0)


def test_on_a_phone_one_network_is_shown_at_a_time(phone: Page) -> None:
    open_page(phone, "/compare?lang=en&level=block&place=layer1.0")
    expect(phone.locator("section.pane:visible")).to_have_count(1)
    expect(box(phone, LEFT, "layer1.0.add")).to_be_visible()
    phone.get_by_role("tab", name="Plain-50: Block layer1.0").click()
    expect(box(phone, RIGHT, "layer1.0.conv3")).to_be_visible()
    expect(phone.locator("section.pane:visible")).to_have_count(1)
