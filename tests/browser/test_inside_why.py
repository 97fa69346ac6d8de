"""Why a class, by mouse and keyboard: a method, a second class, another place, and a file that holds the same numbers."""

from __future__ import annotations

import re

import numpy as np
from playwright.sync_api import Page, expect

from resnet_viz.analysis.class_maps import class_map
from resnet_viz.forward.images import decode, prepare, samples
from resnet_viz.forward.run import compile_program, forward
from resnet_viz.networks import weights
from tests.browser.chromium import open_page, settle
from tests.browser.visitor import expect_selected, query

SMALL = "/activations?lang=en&network=resnet18&size=64&weights=none&look=why"


def choose(page: Page, key: str, name: str) -> None:
    """Type a part of an option's name into a select box, and take the one that is left."""
    box = page.locator(f".st-key-{key} input")
    box.focus()
    box.press("Control+A")
    box.press_sequentially(name)
    option = page.get_by_role("option", name=re.compile(rf"^{re.escape(name)}(?!\d)"))
    expect(option).to_have_count(1)
    option.click()
    settle(page)


def test_two_classes_at_another_place(page: Page, tmp_path) -> None:
    open_page(page, SMALL)
    choose(page, "method", "HiResCAM")
    choose(page, "class", "class 7")
    choose(page, "other_class", "class 401")
    page.locator('.st-key-way button[data-tile="layer3.1"]').click()
    expect_selected(page, "layer3.1")
    expect(page.get_by_text("Correlation of the two maps")).to_be_visible()
    expect(page.get_by_text("The two ways of block layer3.1")).to_be_visible()
    asked = query(page)
    assert (asked["method"], asked["class"], asked["other_class"]) == (["hires-cam"], ["7"], ["401"])

    with page.expect_download() as found:
        page.locator(".st-key-cam_npz button").click()
    found.value.save_as(tmp_path / "maps.npz")
    arrays = np.load(tmp_path / "maps.npz")
    loaded = weights.load("resnet18", "none")
    program = compile_program(loaded.model, "resnet18")
    kept = forward(program, prepare(decode(samples()[0].path.read_bytes()), loaded.info.transforms, 64).tensor)
    for index in (7, 401):
        expected = class_map(program, kept, "layer3.1", index, "hires-cam").values
        np.testing.assert_allclose(arrays[f"hires_cam_{index}"], expected, rtol=1e-4, atol=1e-6)

    page.reload()
    settle(page)
    expect(page.locator(".st-key-class input")).to_have_value("class 7")
    expect(page.get_by_text("Correlation of the two maps")).to_be_visible()
