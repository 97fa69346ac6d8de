"""The view of why a class: what it says and draws is what the analysis finds, and the URL holds what was asked for."""

from __future__ import annotations

import re
import threading

import numpy as np
from streamlit.testing.v1 import AppTest

from resnet_viz.analysis.attributions import integrated_gradients
from resnet_viz.analysis.class_maps import class_map
from resnet_viz.analysis.occlusion import occlusion
from resnet_viz.figures.overlays import number
from resnet_viz.forward.run import forward
from resnet_viz.networks.imagenette import IMAGENETTE
from tests.ui.activations_page import opened
from tests.ui.activations_page import said as said_by

SMALL = {"network": "resnet50", "size": "64", "weights": "bundled", "look": "why", "lang": "en"}
HORN = next(n for n, label in enumerate(IMAGENETTE) if label.en == "French horn")


def start(**query: str) -> AppTest:
    return opened(SMALL | query)


def texts(app: AppTest) -> str:
    return said_by(app, "markdown", "caption", "info")


def passed(app: AppTest):
    """The program that answered, and its pass of the picture."""
    result = app.session_state["activations_result"]
    return result.loaded.program, forward(result.loaded.program, result.prepared.tensor)


def test_the_map_of_the_answer_at_the_end_of_the_last_stage():
    app = start()
    program, kept = passed(app)
    best = int(kept.logits.argmax())
    found = class_map(program, kept, "stage4", best)
    row, column = np.unravel_index(int(found.values.argmax()), found.values.shape)
    said = texts(app)
    assert f"{IMAGENETTE[best].en}, logit {number(float(kept.logits[best]))}" in said
    assert f"row {row}, column {column} ({number(found.high)})" in said
    assert "Grad-CAM" in said and "layer4.2" in said
    assert "method" not in app.query_params


def test_two_classes_beside_each_other_come_from_the_url():
    other = IMAGENETTE[0]
    app = start(**{"class": IMAGENETTE[HORN].id, "other_class": other.id, "method": "hires-cam", "place": "layer3.0"})
    program, kept = passed(app)
    said = texts(app)
    maps = [class_map(program, kept, "layer3.0", index, "hires-cam") for index in (HORN, 0)]
    for one, index in zip(maps, (HORN, 0), strict=True):
        assert f"{IMAGENETTE[index].en}, logit {number(float(kept.logits[index]))}" in said
        assert number(one.high) in said
    alike = np.corrcoef(maps[0].values.ravel().astype(float), maps[1].values.ravel().astype(float))[0, 1]
    assert f"Correlation of the two maps: {alike:.2f}." in said
    assert app.query_params["other_class"] == other.id and app.query_params["method"] == "hires-cam"


def test_a_method_and_a_class_that_do_not_exist_are_ignored():
    app = start(method="magic", **{"class": "n00000000"})
    assert app.selectbox(key="method").value == "grad-cam"
    assert not {"method", "class"} & app.session_state["address"].keys()


def test_the_parts_of_a_block_add_up_and_a_vector_has_no_map():
    app = start(place="layer2.1.conv2", method="hires-cam")
    said = texts(app)
    assert "The two ways of block `layer2.1`" in said
    (error,) = re.findall(r"largest value: (\S+)\)", said)
    assert float(error) < 1e-5
    app.selectbox(key="place").select("fc").run()
    assert "has no map; this is `stage4`" in texts(app)


def test_a_map_of_nothing_is_said_and_not_coloured():
    """Untrained, some class has nothing that speaks for it: the photo stays as it is."""
    app = start(network="plain18", weights="none", place="layer4.1")
    program, kept = passed(app)
    maps = (class_map(program, kept, "layer4.1", index) for index in range(len(kept.logits)))
    nothing = next(index for index, one in enumerate(maps) if one.high == 0)
    box = app.selectbox(key="class")
    box.select(next(name for name in box.options if re.match(rf"class {nothing}\b", name))).run()
    said = texts(app)
    assert "zero everywhere" in said and "speaks for it" in said and "explain nothing" in said


def test_networks_without_blocks_have_maps_too():
    said = texts(start(network="lenet5", weights="none", size="32"))
    assert "Bright cells" in said and "two ways" not in said


def test_integrated_gradients_say_how_they_add_up():
    app = start(method="integrated", steps="16", baseline="mean", size="32")
    result = app.session_state["activations_result"]
    x = result.prepared.tensor
    found = integrated_gradients(result.loaded.program, x, x * 0, result.predictions[0].index, 16)
    assert found is not None
    said = texts(app)
    assert f"add up to {number(found.total)}" in said and f"{number(found.rise)} above" in said
    assert f"a gap of {100 * found.gap:.1f} %" in said


def test_occlusion_says_where_most_is_lost():
    app = start(method="occlusion", size="32")
    result = app.session_state["activations_result"]
    found = occlusion(result.loaded.program, result.prepared.tensor, 7, 32 // 7)
    assert found is not None
    drop = found.drop(int(found.whole.argmax()))
    row, column = divmod(int(drop.values.argmax()), 7)
    said = texts(app)
    assert f"most is lost in row {row}, column {column} ({number(drop.high)})" in said
    assert "4 x 4 pixels" in said


def test_what_takes_long_shows_how_far_it_is_and_can_be_stopped():
    app = start(method="smoothgrad", samples="64", size="96")
    app.button(key=next(b.key for b in app.button if b.key and b.key.startswith("cancel"))).click().run()
    assert "stopped before the end" in texts(app)
    for thread in threading.enumerate():  # it ends after the copy that it is at, and no later than this
        if thread.name.startswith("job"):
            thread.join(60)
            assert not thread.is_alive()
