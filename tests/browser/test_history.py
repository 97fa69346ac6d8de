"""The address bar and the browser's history: each URL gives what is on the screen, each step of a visitor is one Back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from resnet_viz.lang import text
from tests.browser.chromium import open_page, settle
from tests.browser.visitor import box, choose_place, expect_selected, go_to, switch_language

PLACE = ".st-key-place input"
NETWORK = ".st-key-network input"


@pytest.fixture
def page(new_window: Page) -> Page:
    return new_window


def expect_address(page: Page, address: str) -> None:
    """The address bar's path and parameters, and nothing more."""
    expect(page).to_have_url(re.compile(rf"^http://[^/]+{re.escape(address)}$"))
    settle(page)


def entries(page: Page) -> int:
    return int(page.evaluate("history.length"))


def back(page: Page, address: str) -> None:
    """One step back, to what the address bar then says."""
    page.evaluate("history.back()")
    expect_address(page, address)


def choose_network(page: Page, name: str) -> None:
    choice = page.locator(NETWORK)
    choice.focus()
    choice.press("Control+A")
    choice.press_sequentially(name)
    expect(page.get_by_role("option", name=name, exact=True)).to_be_visible()
    page.get_by_role("option", name=name, exact=True).click()
    expect(choice).to_have_value(name)
    settle(page)


@pytest.mark.parametrize(("path", "place"), [("/", "stage3"), ("/activations", "layer3.2")])
def test_a_place_of_a_link_stays_through_a_page_switch_and_back(page: Page, path: str, place: str) -> None:
    given = f"?place={place}&lang=zh"
    open_page(page, path + given)
    page.reload()
    settle(page)
    before = entries(page)
    go_to(page, "blocks")
    expect_address(page, "/blocks" + given)
    go_to(page, "activations")
    expect_address(page, "/activations" + given)
    expect(page.locator(PLACE)).to_have_value(place)
    assert entries(page) == before + 2
    back(page, "/blocks" + given)
    back(page, path + given)
    expect(page.locator(PLACE)).to_have_value(place)


def test_each_step_is_one_entry(page: Page) -> None:
    open_page(page, "/?lang=en")
    expect_address(page, "/")  # put right once, and not again when a later page draws anew
    before = entries(page)
    box(page, "stage3").click()
    expect_selected(page, "stage3")
    box(page, "layer3.2").click()
    expect_selected(page, "layer3.2")
    choose_network(page, "resnet101")
    go_to(page, "blocks")
    switch_language(page, "zh")
    expect_address(page, "/blocks?place=layer3.2&network=resnet101&lang=zh")
    assert entries(page) == before + 5

    back(page, "/blocks?place=layer3.2&network=resnet101")
    expect(page.get_by_role("heading", level=1)).to_have_text(text("en", "blocks.title"))
    back(page, "/?place=layer3.2&network=resnet101")
    expect(page.locator(NETWORK)).to_have_value("resnet101")
    expect(page.locator(PLACE)).to_have_value("layer3.2")
    back(page, "/?place=layer3.2")
    expect(page.locator(NETWORK)).to_have_value("resnet50")
    back(page, "/?place=stage3")
    expect(page.locator(PLACE)).to_have_value("stage3")
    back(page, "/")
    expect(page.locator(PLACE)).to_have_value("network")
    page.evaluate("history.go(5)")
    expect_address(page, "/blocks?place=layer3.2&network=resnet101&lang=zh")
    assert entries(page) == before + 5


def test_another_network_takes_one_step_with_a_size_and_a_place_that_it_lacks(page: Page) -> None:
    open_page(page, "/?size=96&place=layer3.2.conv3")
    before = entries(page)
    choose_network(page, "lenet5")
    expect_address(page, "/?network=lenet5")
    choose_network(page, "resnet18")
    expect_address(page, "/?network=resnet18&size=96&place=stage3")
    assert entries(page) == before + 2
    back(page, "/?network=lenet5")
    back(page, "/?size=96&place=layer3.2.conv3")
    expect_selected(page, "layer3.2.conv3")
    expect(page.locator(".st-key-size input")).to_have_value("96")


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("/?place=layer3", "/?place=stage3"),
        ("/?place=nowhere&size=7&network=resnet51&lang=tlh", "/"),
        ("/?network=resnet18&place=layer1.0.conv3&lang=en", "/?network=resnet18&place=layer1.0"),
        ("/?place=stage3&source=letter", "/?place=stage3&source=letter"),
    ],
)
def test_a_link_is_put_right_without_an_entry(page: Page, given: str, address: str) -> None:
    page.goto("about:blank")
    open_page(page, given)
    expect_address(page, address)
    assert entries(page) == 2
    choose_place(page, "layer2.1.conv2")
    assert entries(page) == 3
    back(page, address)


def test_a_choice_of_the_url_alone_outlives_a_page_switch(page: Page) -> None:
    open_page(page, "/compare?left=resnet18&right=plain18&level=block")
    before = entries(page)
    go_to(page, "blocks")
    go_to(page, "compare")
    expect_address(page, "/compare?left=resnet18&right=plain18&level=block")
    expect(page.locator(".st-key-left input")).to_have_value("ResNet-18")
    assert entries(page) == before + 2


def test_numbers_of_a_block_take_a_step_each_and_stay(page: Page) -> None:
    open_page(page, "/blocks?c=64")
    before = entries(page)
    page.locator(".st-key-block").get_by_text("BTNK2", exact=True).click()
    expect_address(page, "/blocks?c=64&block=BTNK2")
    go_to(page, "compare")
    back(page, "/blocks?c=64&block=BTNK2")
    back(page, "/blocks?c=64")
    expect(page.locator(".st-key-c input")).to_have_value("64")
    assert entries(page) == before + 2
