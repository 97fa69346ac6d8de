"""Every page, at a desk and on a phone, light and dark: nothing too wide, faint or broken.

Each scene is seen in one language at a desk and in the other on a phone, the next scene the other way round: half of what
`python -m tests.browser.render` looks at, which takes twice as long.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from resnet_viz.lang import LANGUAGES
from tests.browser.render import SCENES, WIDTHS, Scene, View, Visitors, render, visitors
from tests.browser.server import ROOT, Server


@pytest.fixture(scope="module")
def both_widths(browser: Browser, server: Server) -> Iterator[Visitors]:
    with visitors(browser, server) as found:
        yield found


@pytest.mark.parametrize(("number", "scene"), [pytest.param(*pair, id=pair[1].name) for pair in enumerate(SCENES)])
def test_a_page_renders_well(both_widths: Visitors, number: int, scene: Scene) -> None:
    for turn, width in enumerate(WIDTHS, start=number):
        view = View(scene, width, LANGUAGES[turn % len(LANGUAGES)])
        assert render(both_widths, view, None) == [], view.name


def test_every_page_is_among_them() -> None:
    pages = {file.stem for file in (ROOT / "resnet_viz" / "pages").glob("*.py")} - {"__init__"}
    assert pages <= {scene.name for scene in SCENES}
