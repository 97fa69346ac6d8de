"""The view of several images: its table has the answers, and a bad file is one sentence among them."""

from __future__ import annotations

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from resnet_viz.analysis.several import Given, Question, Refused, Seen, look_at
from resnet_viz.forward.images import decode, prepare, samples
from resnet_viz.forward.run import forward, predictions
from resnet_viz.ui.cache import program
from resnet_viz.ui.several import view
from tests.ui.activations_page import opened

SMALL = {"network": "resnet50", "size": "64", "weights": "bundled", "look": "several"}


def start(source: str = "samples", **query: str) -> AppTest:
    return opened(SMALL | query, wished_several_source=source)


def answers(app: AppTest) -> pd.DataFrame:
    """The table of the view."""
    (table,) = (frame.value for frame in app.dataframe if "first" in frame.value.columns)
    return table


def test_all_samples_are_answered_as_alone() -> None:
    app = start()
    table = answers(app)
    assert len(table) == len(samples())
    loaded = program("resnet50", "bundled")
    x = prepare(decode(samples()[3].path.read_bytes()), loaded.info.transforms, 64).tensor
    best = predictions(forward(loaded.program, x), loaded.info)[0]
    assert table["first"][3] == best.label.en
    assert table["first_percent"][3] == pytest.approx(100 * best.probability, abs=0.051)
    assert not app.error


def test_a_bad_file_is_one_sentence_and_the_others_go_on() -> None:
    app = start("upload", several_map="grad-cam")
    good = samples()[0].path.read_bytes()
    app.file_uploader(key="several_files").set_value(
        [("good.jpg", good, "image/jpeg"), ("bad.jpg", b"x", "image/jpeg")]
    )
    app.run()
    assert not app.exception
    (said,) = (error.value for error in app.error)
    assert said.startswith("“bad.jpg” was left out: ")
    assert list(answers(app)["image"]) == ["good.jpg"]
    assert any("Grad-CAM" in caption.value for caption in app.caption)


def test_what_is_done_is_not_done_again(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def counted(one: Given, question: Question) -> Seen | Refused:
        looked.append(one.name)
        return look_at(one, question)

    monkeypatch.setattr(view, "look_at", counted)
    monkeypatch.setattr(view, "samples", lambda: samples()[:1])
    app = start(several_map="max")  # that no other test has had
    monkeypatch.setattr(view, "samples", lambda: samples()[:2])
    app.run()
    assert looked == ["Cat", "Coffee"]
    assert list(answers(app)["image"]) == looked


def test_a_place_without_maps_says_so() -> None:
    app = start(place="fc")
    assert any("fc" in info.value for info in app.info)
    assert not app.error
    app = start(size="32")  # where stage 4 puts out one number a channel
    app.button(key="channels_go").click().run()
    assert app.session_state["place"] == "stage3" and len(answers(app)) == len(samples())
