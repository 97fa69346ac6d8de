"""The way of a visitor: from the whole network to one convolution, then their own photo, in two languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from resnet_viz.lang import LANGUAGES, Language, text
from tests.browser.chromium import open_page, settle
from tests.browser.render import problems_of_layout
from tests.browser.visitor import box, choose_place, expect_selected, go_to, query, switch_language


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    file = tmp_path / "my photo.jpg"
    Image.effect_mandelbrot((320, 240), (-2, -1.5, 1, 1.5), 60).convert("RGB").save(file)
    return file


def probabilities(page: Page) -> Locator:
    """The five best classes' probabilities, `30.1 %`."""
    return page.get_by_text(re.compile(r"^\s*\d+\.\d %\s*$"))


def test_from_the_network_to_a_heatmap_of_ones_own_photo(page: Page, photo: Path) -> None:
    open_page(page, "/?lang=en")
    expect(page.get_by_role("heading", level=1)).to_have_text(text("en", "architecture.title"))

    box(page, "stage3").click()
    expect_selected(page, "stage3")
    expect(box(page, "layer3.5")).to_be_visible()

    box(page, "layer3.2").click()
    expect_selected(page, "layer3.2")
    expect(box(page, "layer3.2.add")).to_be_visible()

    box(page, "layer3.2.conv2").click()
    expect_selected(page, "layer3.2.conv2")
    expect(page.get_by_text("589,824").first).to_be_visible()  # 3 x 3 x 256 x 256 weights

    grid = page.locator(".st-key-operations .dvn-scroller")
    grid.scroll_into_view_if_needed()
    grid.click(position={"x": 18, "y": 35 + 17})  # the first row's box: 35 pixels a row, under a header
    expect_selected(page, "conv1")
    expect(page.get_by_text("9,408").first).to_be_visible()

    go_to(page, "activations")
    expect_selected(page, "conv1")
    page.locator(".st-key-source button").nth(1).click()
    page.locator("[data-testid=stFileUploader] input[type=file]").set_input_files(photo)
    expect(page.get_by_text(photo.name).first).to_be_visible()
    settle(page)
    expect(probabilities(page)).to_have_count(5)
    picture = page.locator("[data-testid=stImage] img").last
    expect(picture).to_have_js_property("complete", True)
    first = picture.get_attribute("src")

    choose_place(page, "layer3.2.conv2")
    expect(picture).not_to_have_attribute("src", first or "")

    switch_language(page, "zh")
    expect(page.get_by_role("heading", level=1)).to_have_text(text("zh", "activations.title"))
    expect_selected(page, "layer3.2.conv2")
    expect(page.get_by_text(photo.name).first).to_be_visible()

    page.reload()
    settle(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(text("zh", "activations.title"))
    expect_selected(page, "layer3.2.conv2")
    assert query(page)["lang"] == ["zh"]


def test_a_link_opens_what_it_names(page: Page) -> None:
    open_page(page, "/?network=resnet50-v1&size=352&place=layer4.0.conv1&lang=zh")
    expect_selected(page, "layer4.0.conv1")
    expect(page.get_by_role("heading", level=1)).to_have_text(text("zh", "architecture.title"))
    assert query(page)["network"] == ["resnet50-v1"]
    assert query(page)["size"] == ["352"]


@pytest.mark.parametrize("address", ["/?place=nowhere", "/?size=7", "/?network=resnet51", "/?lang=tlh"])
def test_a_link_that_names_nothing_falls_back(page: Page, address: str) -> None:
    open_page(page, address)
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
    expect(page.locator("g.node").first).to_be_visible()


@pytest.mark.parametrize("name", ["empty.jpg", "words.png", "cut.jpg"])
def test_a_bad_upload_is_met_with_a_sentence(page: Page, name: str, photo: Path, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes({"empty.jpg": b"", "words.png": b"no picture", "cut.jpg": photo.read_bytes()[:700]}[name])
    open_page(page, "/activations?lang=en")
    page.locator(".st-key-source button").nth(1).click()
    page.locator("[data-testid=stFileUploader] input[type=file]").set_input_files(file)
    expect(page.locator("[data-testid=stAlertContentError]")).to_be_visible()
    settle(page)
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
    expect(probabilities(page)).to_have_count(5)  # the last result stays


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_phone_the_sidebar_fits(phone: Page, language: Language) -> None:
    open_page(phone, f"/blocks?lang={language}")
    phone.locator("[data-testid=stExpandSidebarButton]").tap()
    expect(phone.locator(".st-key-lang")).to_be_in_viewport()
    assert problems_of_layout(phone) == []
