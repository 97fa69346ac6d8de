"""Several pictures: work that is stopped, then three files of a visitor, one of them broken, and a file of all maps."""

from __future__ import annotations

import re

import numpy as np
from playwright.sync_api import Page, expect

from resnet_viz.forward.images import samples
from tests.browser.chromium import open_page, settle

ADDRESS = "/activations?lang=en&size=320&look=several"


def test_three_files(page: Page, tmp_path) -> None:
    open_page(page, ADDRESS)
    page.get_by_test_id("stMain").get_by_role("button", name="Stop").click()  # Streamlit has one of its own above
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    page.locator(".st-key-several_source button", has_text="My files").click()
    settle(page)
    first, second = (sample.path.read_bytes() for sample in samples()[:2])
    files = [("a photo with a long name that no tile has room for.jpg", first), ("broken.jpg", b"x"), ("b.jpg", second)]
    page.locator(".st-key-several_files input[type=file]").set_input_files(
        [{"name": name, "mimeType": "image/jpeg", "buffer": data} for name, data in files]
    )
    tiles = page.locator(".st-key-several_tiles button.tile")
    expect(tiles).to_have_count(2)
    expect(page.get_by_text("“broken.jpg” was left out")).to_be_visible()
    tiles.nth(1).click()
    expect(tiles.nth(1)).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-testid=stImageCaption]", has_text="b.jpg")).to_be_visible()
    box = tiles.first.bounding_box()
    assert box is not None and box["width"] < 150

    with page.expect_download() as found:
        page.locator(".st-key-several_npz button").click()
    found.value.save_as(tmp_path / "maps.npz")
    maps = np.load(tmp_path / "maps.npz")
    assert [re.sub("_.*_", "_", name) for name in maps] == ["001_for.jpg", "002_b.jpg"]
    assert {maps[name].shape for name in maps} == {(10, 10)}
