"""What the browser is sent for a diagram, and what its script never does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from resnet_viz.blueprint import blueprint
from resnet_viz.figures.architecture import figure
from resnet_viz.figures.graph_render import render
from resnet_viz.figures.palette import STAGE_COLORS
from resnet_viz.ui import clickable_svg as module
from resnet_viz.ui.clickable_svg import Pane

UI = Path(module.__file__).parent


@pytest.fixture(scope="module")
def svg() -> str:
    return render(figure(blueprint("resnet18"), "stage2"), "svg").decode()


def test_a_pane_sends_its_own_boxes_alone(svg: str) -> None:
    names = {place: f"name of {place}" for place in blueprint("resnet18").places}
    sent = module._pane(Pane("Stage 2", svg, "layer2.1", names, open="layer2.0"))
    assert sent["names"] == {place: f"name of {place}" for place in ("layer2.0", "layer2.1")}
    assert str(sent["svg"]).startswith("<svg")
    assert (sent["title"], sent["selected"], sent["open"], sent["prefix"]) == ("Stage 2", "layer2.1", "layer2.0", "")


def test_style_has_the_colours_of_the_palette() -> None:
    style = module._style()
    for number, color in enumerate(STAGE_COLORS):
        assert f".stage{number} {{ --stage: {color}; }}" in style
    assert "url(" not in style and "@import" not in style


def test_script_writes_no_markup_and_asks_nobody() -> None:
    script = module._script()
    for word in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "fetch(",
        "import ",
        "http",
    ):
        assert word not in script.replace("http://www.w3.org/2000/svg", "")
    assert len(re.findall(r"^export default", script, re.MULTILINE)) == 1


def test_names_of_the_three_scripts_do_not_clash() -> None:
    """They become one module, where a name that is declared twice is an error."""
    declared = re.findall(r"^(?:function|const|let) (\w+)", module._script(), re.MULTILINE)
    assert len(declared) == len(set(declared)) > 10


def test_it_mounts_in_a_page() -> None:
    def page() -> None:
        from resnet_viz.ui.clickable_svg import Pane, clickable_svg

        svg = '<?xml version="1.0"?><svg><g class="node place stage1"><title>a</title></g></svg>'
        clickable_svg([Pane("A", svg, "a", {"a": "Box a"})], key="figure", on_select=print, step=2)

    app = AppTest.from_function(page, default_timeout=30).run()
    assert not app.exception
