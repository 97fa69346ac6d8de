"""Fields of cells in the view of why: what is said is what the analysis finds, and the URL holds what was chosen."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from resnet_viz.analysis.fields_of_cells import box_of, effective, half_of, spans
from resnet_viz.forward.run import forward

APP = Path(__file__).parents[3] / "app.py"
SMALL = {"network": "resnet18", "size": "64", "weights": "none", "look": "why", "place": "layer3.0", "lang": "en"}


@pytest.fixture(autouse=True)
def empty_cache(tmp_path, monkeypatch):
    """No ImageNet weights on this machine, whatever its own cache holds."""
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))


def start(**query: str) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=120)
    for name, value in (SMALL | query).items():
        app.query_params[name] = value
    app.run()
    app.switch_page("resnet_viz/pages/activations.py").run()
    assert not app.exception
    return app


def texts(app: AppTest) -> str:
    return "\n".join(str(element.value) for kind in ("markdown", "caption", "info") for element in app.get(kind))


def test_a_cell_and_a_pixel_of_the_url() -> None:
    app = start(field="0,3", pixel="10,20")
    result = app.session_state["activations_result"]
    found = effective(result.loaded.program, forward(result.loaded.program, result.prepared.tensor), "layer3.0", 0, 3)
    box = box_of(found)
    assert box is not None
    said = texts(app)
    (top, bottom), (left, right) = box
    assert (
        f"reaches rows {top} to {bottom}, columns {left} to {right}, and half of it lies in {half_of(found)} " in said
    )
    low, high = (spans(result.plan, "layer3.0")[at] for at in (0, 3))
    high_side, wide_side = int(low[1] - low[0] + 1), int(high[1] - high[0] + 1)
    assert f"Cell in row 0, column 3 of `layer3.0`: {high_side} x {wide_side} pixels" in said
    assert "Shortest path: 3 convolutions" in said and "Longest path: 11 convolutions" in said
    assert "`conv1` → `layer2.0.downsample.0` → `layer3.0.downsample.0`" in said
    assert "`layer1.0.conv1 … conv2`" in said and "32 paths in all" in said
    assert app.session_state["address"]["field"] == "0,3" and app.session_state["address"]["pixel"] == "10,20"


def test_without_a_cell_the_highest_one_is_shown_and_no_gradient() -> None:
    """Cells and pixels that do not exist are ignored."""
    app = start(field="0,99", pixel="zero")
    said = texts(app)
    assert "Click a cell" in said and "reaches rows" not in said
    assert not {"field", "pixel"} & app.session_state["address"].keys()


def test_a_network_without_shortcuts_has_one_path() -> None:
    said = texts(start(network="plain18", place="layer2.1", field="1,1"))
    assert "One path leads here: 9 convolutions" in said and "Shortest path" not in said


def test_every_stage_and_its_spans_go_to_the_browser() -> None:
    app = start()
    plan = app.session_state["activations_result"].plan
    sent = next(json.loads(e.proto.json) for e in app.get("bidi_component") if "shortest" in str(e.proto.json))
    assert [stage["name"] for stage in sent["stages"]] == [stage.name for stage in plan.stages]
    for stage in sent["stages"]:
        np.testing.assert_array_equal(stage["spans"], spans(plan, stage["name"]))
    assert re.match("data:image/jpeg;base64,", sent["photo"])
