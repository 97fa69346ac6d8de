"""The view of a block as a visitor has it, its numbers against the analysis of the same pass."""

import pytest
from streamlit.testing.v1 import AppTest

from resnet_viz.analysis.dissection import block_around, dissect, dissected_blocks, norms
from resnet_viz.analysis.growth import growth
from resnet_viz.analysis.layer_statistics import statistics
from resnet_viz.analysis.logit_shares import logit_shares
from resnet_viz.blueprint import blueprint
from resnet_viz.figures.overlays import number
from resnet_viz.forward.run import forward
from tests.ui.activations_page import opened
from tests.ui.activations_page import said as said_by

SMALL = {"network": "resnet18", "size": "64", "weights": "none", "look": "block"}


def start(**query: str) -> AppTest:
    return opened(SMALL | query)


def all_text(app: AppTest) -> str:
    return said_by(app, "markdown", "caption", "html", "subheader", "info", "error")


def passed(app: AppTest):
    """Program, blueprint and activations of the page's own pass, run again."""
    result = app.session_state["activations_result"]
    program = result.loaded.program
    return program, result.plan, forward(program, result.prepared.tensor)


def test_a_block_in_numbers() -> None:
    app = start(place="layer3.1")
    program, plan, kept = passed(app)
    found = dissect(program, plan, kept, "layer3.1")
    whole = norms(found.branch, found.shortcut)
    text = all_text(app)
    for value in (whole.branch, whole.shortcut, whole.ratio, whole.cosine):
        assert f"<dd>{number(value)}</dd>" in text
    assert "bit by bit" in text and f"{found.branch.numel():,}" in text
    shares = [row.share for row in growth(program, plan, kept)]
    assert f"from {number(min(shares))}" in text and f"to {number(max(shares))}" in text
    assert "layer3.1.relu_1" in text, "what leaves the block is shown large until another step is chosen"
    assert app.session_state["activations_result"].loaded.info.trained_on == "nothing" and "random" in text


def test_the_selected_operation_is_shown_large_and_x_and_cells_can_be() -> None:
    app = start(place="layer2.0.bn1")
    assert "`layer2.0.bn1`, 128x8x8" in all_text(app)
    app.session_state["inside_step"] = ("layer2.0.bn1", "x")
    assert "what goes into the block" in all_text(app.run())
    app.session_state["inside_step"] = ("layer2.0.bn1", "cosine")
    assert "Cosine of F(x)" in all_text(app.run())
    app.session_state["inside_step"] = ("layer1.0", "x")
    assert "`layer2.0.bn1`" in all_text(app.run()), "a step chosen at another place is over"


def test_one_channel_of_steps_that_have_it() -> None:
    app = start(place="layer2.0", how="channel", channel="100")
    app.segmented_control(key="how").select("Channel").run()
    assert not app.exception
    assert app.number_input(key="channel").max == 127
    assert "Steps that have no such channel are left out." in all_text(app)  # x has 64


def test_shares_of_a_class() -> None:
    app = start(place="layer2.0", inside="logit")
    program, plan, kept = passed(app)
    index = int(kept.logits.argmax())
    rows = {row.block: row for row in logit_shares(program, plan, kept, index)}
    text = all_text(app)
    here = rows["layer2.0"]
    assert f"F(x) {here.branch:+.3g}, shortcut {here.shortcut:+.3g}" in text
    assert f"is {number(float(kept.logits[index]))}" in text and "first order" in text
    app.selectbox(key="class").select(app.selectbox(key="class").options[-1]).run()
    assert not app.exception and f"F(x) {here.branch:+.3g}, shortcut" not in all_text(app)


def test_all_layers_beside_the_twin() -> None:
    app = start(inside="layers", place="layer1.0")
    program, plan, kept = passed(app)
    rows = statistics(program, plan, kept)
    frame = app.dataframe[0].value
    assert list(frame["place"]) == [row.place for row in rows]
    assert list(frame["std"]) == pytest.approx([row.std for row in rows])
    text = all_text(app)
    assert "ResNet-18:" in text and "Plain-18:" in text and "figure 7" in text
    assert f"{sum(row.dead or 0 for row in rows):,}" in text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_networks_without_residual_blocks(lang) -> None:
    app = start(network="alexnet", lang=lang, place="stage1")
    assert app.dataframe
    assert "ResNet" in app.info[0].value


def test_a_plain_block() -> None:
    app = start(network="plain18", place="layer2.1")
    assert "nothing added" in app.info[0].value
    assert app.segmented_control(key="inside").options == ["Step by step", "All layers"]


def test_places_outside_of_blocks() -> None:
    plan = blueprint("resnet18", 64)
    blocks = dissected_blocks(plan)
    around = {place: block_around(plan, blocks, place) for place in ("conv1", "stage2", "layer3.0.add", "fc", "input")}
    assert around == {
        "conv1": "layer1.0",
        "stage2": "layer2.1",
        "layer3.0.add": "layer3.0",
        "fc": "layer4.1",
        "input": "layer1.0",
    }
    assert block_around(plan, blocks, "stage0") == "layer1.0"
    assert "`fc` is no part of a block; this is `layer4.1`" in all_text(start(place="fc"))
