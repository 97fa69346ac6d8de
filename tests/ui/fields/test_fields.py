"""Fields of cells in the view of why: what is said is what the analysis finds, and the URL holds what was chosen."""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from resnet_viz.analysis.class_maps import class_map
from resnet_viz.analysis.fields_of_cells import box_of, effective, half_of, spans, ways
from resnet_viz.forward.run import forward
from resnet_viz.ui.fields import view
from tests.ui.activations_page import opened, said

SMALL = {"network": "resnet18", "size": "64", "weights": "none", "look": "why", "why": "cell", "place": "layer3.0"}


@pytest.fixture(autouse=True)
def empty_cache(tmp_path, monkeypatch):
    """No ImageNet weights on this machine, whatever its own cache holds."""
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))


def start(**query: str) -> AppTest:
    return opened(SMALL | query)


def texts(app: AppTest) -> str:
    return said(app, "markdown", "caption", "error")


def sent(app: AppTest) -> dict[str, Any]:
    """What the component in the browser got."""
    found = next(element.proto.json for element in app.get("bidi_component") if "shortest" in element.proto.json)
    return dict(json.loads(found))


def test_a_cell_and_a_pixel_of_the_url() -> None:
    app = start(field="8-56", pixel="10-20")
    result = app.session_state["activations_result"]
    found = effective(result.loaded.program, forward(result.loaded.program, result.prepared.tensor), "layer3.0", 0, 3)
    box = box_of(found)
    assert box is not None
    text = texts(app)
    (top, bottom), (left, right) = box
    count = (bottom - top + 1) * (right - left + 1)
    reached = f"reaches rows {top} to {bottom}, columns {left} to {right}, and half of it lies in {half_of(found)}"
    assert f"{reached} of these {count:,} pixels" in text
    for name, convolutions in (("shortest", 3), ("longest", 11)):
        way = getattr(ways(result.plan, "layer3.0"), name)
        high, wide = (last - first + 1 for first, last in spans(result.plan, "layer3.0", way)[[0, 3]])
        assert f"{name.capitalize()} path ({high} x {wide} pixels, convolutions: {convolutions})" in text
    assert "`conv1` → `layer2.0.downsample.0` → `layer3.0.downsample.0`" in text
    assert "`layer1.0.conv1 … layer1.1.conv2`" in text and "this map in all: 32" in text
    assert app.session_state["address"]["field"] == "8-56" and app.session_state["address"]["pixel"] == "10-20"
    assert sent(app)["cell"] == [0, 3] and sent(app)["pixel"] == [10, 20]


def test_without_a_cell_the_highest_one_is_shown() -> None:
    """Cells and pixels that do not exist are ignored."""
    app = start(field="0-99", pixel="-1-3")
    result = app.session_state["activations_result"]
    kept = forward(result.loaded.program, result.prepared.tensor)
    one = class_map(result.loaded.program, kept, "layer3.0", result.predictions[0].index)
    row, column = np.unravel_index(int(one.values.argmax()), one.values.shape)
    assert sent(app)["cell"] == [row, column] and sent(app)["pixel"] is None
    assert "On this picture the gradient" in texts(app)
    assert not {"field", "pixel"} & app.session_state["address"].keys()


def test_a_cell_is_found_again_and_on_another_map_as_near() -> None:
    for cells, side in ((1, 32), (14, 32), (28, 32), (11, 352), (7, 224), (224, 224)):
        for cell in range(cells):
            at = view._middle_of((cell, 0), cells, side)
            assert view._cell_at(at, cells, side) == (cell, 0) and at[0] < side
    app = start(field="40-56")
    assert sent(app)["cell"] == [2, 3]
    app.selectbox(key="place").select("layer2.0").run()
    assert sent(app)["cell"] == [5, 7] and app.session_state["address"]["field"] == "40-56"


def test_a_network_without_shortcuts_has_one_path() -> None:
    app = start(network="plain18", place="layer2.1", field="12-12")
    text = texts(app)
    assert "The only path to this map" in text and "convolutions: 9)" in text and "Shortest path" not in text
    assert sent(app)["shortest"] is None


def test_a_place_without_cells_gives_way_to_the_last_stage_that_has_some() -> None:
    """At 32 pixels the last stage itself has but one cell."""
    app = start(size="32", place="fc")
    assert "has no map; this is `stage3`" in texts(app) and not app.error
    assert len(sent(app)["spans"]) == 2
    app.selectbox(key="place").select("input").run()
    assert "This is the photo itself" in texts(app) and "reaches" not in texts(app)


def test_every_stage_and_its_spans_go_to_the_browser() -> None:
    app = start()
    plan = app.session_state["activations_result"].plan
    stages = sent(app)["stages"]
    assert [stage["name"] for stage in stages] == [stage.name for stage in plan.stages]
    for stage in stages:
        np.testing.assert_array_equal(stage["spans"], spans(plan, stage["name"]))
    assert re.match("data:image/jpeg;base64,", sent(app)["photo"])
