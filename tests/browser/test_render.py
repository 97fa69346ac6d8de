"""Every page, at a desk and on a phone, light and dark, in both languages: nothing too wide, faint or broken."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.render import SCENES, View, render, views
from tests.browser.server import ROOT, Server


@pytest.mark.parametrize("view", views(), ids=lambda view: view.name)
def test_a_page_renders_well(browser: Browser, server: Server, view: View) -> None:
    assert render(browser, server, view, None) == []


def test_every_page_is_among_them() -> None:
    pages = {file.stem for file in (ROOT / "resnet_viz" / "pages").glob("*.py")} - {"__init__"}
    assert pages <= {scene.name for scene in SCENES}
