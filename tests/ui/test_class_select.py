"""The class that is explained: the network's answer first, any other by name, and an id in the URL."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from resnet_viz.analysis.answers import class_id
from resnet_viz.networks.imagenette import IMAGENETTE
from resnet_viz.records import ClassLabel


def script():
    from types import SimpleNamespace

    import streamlit as st

    from resnet_viz.networks.imagenette import IMAGENETTE
    from resnet_viz.records import ClassLabel, Prediction
    from resnet_viz.ui.address import arrive
    from resnet_viz.ui.class_select import class_select, other_class_select

    arrive()
    labels = IMAGENETTE
    if st.query_params.get("numbered"):
        labels = tuple(ClassLabel(f"class {n}", name) for n, name in enumerate(("tench", "crane", "cat", "crane")))
    best = tuple(Prediction(labels[n], n, p, 0.0) for n, p in ((2, 0.75), (0, 0.25)))
    info = SimpleNamespace(labels=labels)
    result = SimpleNamespace(predictions=best, loaded=SimpleNamespace(info=info))
    first = class_select(result)
    st.text(first)
    st.text(other_class_select(result, first))


def start(**query: str) -> AppTest:
    app = AppTest.from_function(script)
    for name, value in ({"lang": "en"} | query).items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def test_the_networks_answer_comes_first_and_is_not_in_the_url() -> None:
    app = start()
    assert app.text[0].value == "2"
    assert app.selectbox(key="class").options[:3] == ["cassette player · 75.0 %", "tench · 25.0 %", "English springer"]
    assert "class" not in app.query_params


def test_any_class_is_chosen_by_its_name_and_kept_by_its_id() -> None:
    app = start()
    app.selectbox(key="class").select("parachute").run()
    assert app.text[0].value == "9"
    assert app.query_params["class"] == IMAGENETTE[9].id


@pytest.mark.parametrize(("url", "index"), [("n03888257", "9"), ("n99999999", "2"), ("77", "2"), ("-1", "2")])
def test_the_url_chooses_where_it_can(url: str, index: str) -> None:
    app = start(**{"class": url})
    assert app.text[0].value == index
    app.run()
    assert app.query_params.get("class") in ({url} if index == "9" else {None})


def test_numbered_classes_have_their_index_in_the_url_and_no_two_one_name() -> None:
    app = start(numbered="1", **{"class": "3"})
    assert app.text[0].value == "3"
    options = app.selectbox(key="class").options
    assert options == ["cat · 75.0 %", "tench · 25.0 %", "crane (1)", "crane (3)"]
    app.selectbox(key="class").select("crane (1)").run()
    assert app.text[0].value == "1" and app.query_params["class"] == "1"


def test_a_second_class_is_any_but_the_first() -> None:
    app = start()
    assert app.text[1].value == "None"
    assert app.selectbox(key="other_class").options[:2] == ["no other class", "tench · 25.0 %"]
    app.selectbox(key="other_class").select("tench · 25.0 %").run()
    assert app.text[1].value == "0" and app.query_params["other_class"] == IMAGENETTE[0].id
    app.selectbox(key="class").select("tench · 25.0 %").run()
    assert [text.value for text in app.text] == ["0", "None"]


def test_ids() -> None:
    assert class_id(ClassLabel("class 7", "crane"), 7) == "7"
    assert class_id(IMAGENETTE[0], 0) == "n01440764"
