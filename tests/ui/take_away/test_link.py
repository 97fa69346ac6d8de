"""A link brings back all that was chosen: network, weights, size, sample, place, channel, class and lesions."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from resnet_viz.networks.imagenette import IMAGENETTE
from resnet_viz.ui.lesions.chosen import CUT_KEY
from tests.ui.activations_page import opened

CLASS = IMAGENETTE[4].id
LINK = {
    "network": "resnet50",
    "weights": "bundled",
    "size": "64",
    "sample": "rocket",
    "place": "layer2.1",
    "channel": "3",
    "class": CLASS,
    CUT_KEY: "layer3.2.branch-layer2.1.shortcut",
    "lang": "en",
}


def start(**query: str) -> AppTest:
    app = opened(LINK | query)
    assert not app.error
    return app


def test_a_link_restores_what_was_chosen() -> None:
    app = start(look="lesions")
    result = app.session_state["activations_result"]
    assert (result.plan.network, result.plan.size, result.loaded.info.source) == ("resnet50", 64, "bundled")
    assert (result.picture.source, result.picture.name) == ("sample", "rocket")
    assert app.session_state["place"] == "layer2.1"
    assert app.session_state["class"] == CLASS
    assert app.session_state["cut_branch_3"] == ["layer3.2"]
    assert app.session_state["cut_shortcut_2"] == ["layer2.1"]
    kept = app.session_state["wishes"]
    assert {name: kept[name] for name in LINK} == LINK
    assert start(look="channels").number_input(key="channel").value == 3


def test_an_upload_is_no_part_of_the_address() -> None:
    app = start(look="maps")
    app.session_state["wished_source"] = "upload"
    app.run()
    assert any("a link to this page does not hold it" in caption.value for caption in app.caption)
    name, data = "mine.png", (Path(__file__).parents[3] / "assets" / "samples" / "cat.jpg").read_bytes()
    app.file_uploader(key="upload").upload(name, data, "image/png")
    app.run()
    assert app.session_state["activations_result"].picture.name == name
    assert not any(name in value for values in app.query_params.values() for value in values)
