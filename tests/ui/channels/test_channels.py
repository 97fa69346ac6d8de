"""The views of channels as a visitor has them: small maps, kernels, and one cell, on one channel that all share."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from resnet_viz.analysis.channels import influence, statistics
from resnet_viz.forward.run import forward, value
from tests.ui.activations_page import opened
from tests.ui.activations_page import said as said_by

SMALL = {"lang": "en", "network": "resnet18", "size": "64", "weights": "none", "look": "channels"}


def start(**query: str) -> AppTest:
    app = opened(SMALL | query)
    assert not app.error
    return app


def said(app: AppTest) -> str:
    return said_by(app, "markdown", "caption", "html", "info")


def test_channels_are_sorted_and_paged():
    app = start(place="layer4.0")
    assert "one of the 512 channels" in said(app)
    app.segmented_control(key="order").select("Zeros").run()
    assert "of 512 channels are 0 in every cell" in said(app)
    assert app.query_params["order"] == "zeros"
    app.segmented_control(key="order").select("Number").run()
    assert not app.exception
    app.number_input(key="channel").set_value(17).run()
    assert app.query_params["channel"] == "17"
    app.segmented_control(key="channels").select("Kernels").run()
    assert app.selectbox(key="convolution").value == "layer4.0.conv2"
    assert app.number_input(key="channel").value == 17
    app.segmented_control(key="look").select("Maps").run()
    app.segmented_control(key="how").select("Channel").run()
    assert app.number_input(key="channel").value == 17


def test_the_influence_on_a_class_of_the_last_stage_adds_up_to_its_logit():
    app = start(place="stage4", order="influence")
    result = app.session_state["activations_result"]
    kept = forward(result.loaded.program, result.prepared.tensor)
    index = result.predictions[0].index
    total = influence(result.loaded.program, kept, "stage4", index).sum()
    assert f"add {total:.4g} for" in said(app)
    assert f"logit is {float(kept.logits[index]):.4g}" in said(app)


def test_a_vector_has_no_maps_and_leads_to_a_place_that_has():
    app = start(place="fc")
    assert "vector" in app.info[0].value
    app.button(key="channels_go").click().run()
    assert app.query_params["place"] == "stage4"
    assert "one of the 512 channels" in said(app)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("conv1", ["64x3x7x7", "red, green and blue", "random"]),
        ("layer2.0.conv2", ["128x128x3x3", "How strong each kernel is"]),
        ("layer2.0.downsample.0", ["128x64x1x1", "Every weight at once", "12 strongest of its 64"]),
    ],
)
def test_kernels_of_every_kind(place, words):
    app = start(place=place, channels="weights")
    assert all(word in said(app) for word in words)


def test_another_convolution_of_the_block_is_selected_for_all_views():
    app = start(place="layer2.0", channels="step")
    assert "last one before it" in said(app)
    app.selectbox(key="convolution").set_value("layer2.0.downsample.0").run()
    assert app.query_params["place"] == "layer2.0.downsample.0"
    assert "last one before it" not in said(app)


def test_a_cell_is_worked_out_and_held_against_the_network():
    app = start(place="layer1.1.conv2", channels="step", channel="3", cell="2,5")
    text = said(app)
    assert all(f"`layer1.1.{name}`" in text for name in ("conv2", "bn2", "add", "relu_1"))
    assert app.query_params["cell"] == "2,5"
    script = next(block.value for block in app.code)
    assert "0, 3, 2, 5]" in script


@pytest.mark.parametrize("cell", ["99,0", "x", "1;2"])
def test_a_cell_that_is_not_there_is_ignored(cell):
    app = start(place="layer1.1.conv2", channels="step", channel="3", cell=cell)
    script = next(block.value for block in app.code)
    assert f"0, 3, {cell}]" not in script


def test_a_channel_that_is_zero_everywhere_is_said_and_not_drawn():
    app = start(place="layer4.1.relu", order="zeros")
    result = app.session_state["activations_result"]
    kept = forward(result.loaded.program, result.prepared.tensor)
    dead = statistics(value(result.loaded.program, kept, "layer4.1.relu")).dead
    assert f"{dead.sum()} of 512 channels are 0 in every cell" in said(app)
    app.number_input(key="channel").set_value(int(dead.argmax())).run()
    assert f"Channel {dead.argmax()} is 0 in every cell" in said(app)
    assert not app.get("plotly_chart")


def test_in_chinese():
    app = start(lang="zh", place="layer2.0", channels="step")
    assert "双精度" in said(app)
