"""The architecture page as a visitor without a mouse has it: selection, inspector, table, totals, sentences."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from resnet_viz.networks.catalog import spec

APP = Path(__file__).parents[2] / "app.py"


def start(**query: str) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=120)
    app.query_params["lang"] = "en"
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def select(app: AppTest, place: str) -> None:
    app.selectbox(key="place").set_value(place).run()
    assert not app.exception


def all_text(app: AppTest) -> str:
    return "\n".join(
        str(element.value) for kind in ("markdown", "caption", "html", "code") for element in app.get(kind)
    )


def test_the_first_page_says_what_resnet50_is() -> None:
    app = start()
    assert app.title[0].value == "Architecture"
    assert "25,557,032" in all_text(app) and "4.09 G" in all_text(app)


def test_the_inspector_spells_out_one_convolution() -> None:
    app = start(place="layer1.1.conv1")
    assert app.subheader[0].value == "Convolution 1x1"
    text = all_text(app)
    assert "1x1x256x64 = 16,384" in text
    assert "1x1x256x64 x 56x56 = 51,380,224" in text
    assert "nn.Conv2d(256, 64" in text


@pytest.mark.parametrize("place", ["network", "input", "stage0", "stage4", "layer2.0", "layer2.0.add", "fc", "maxpool"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_kind_of_place_can_be_selected(place: str, lang: str) -> None:
    app = start(place=place, lang=lang)
    assert app.selectbox(key="place").value == place
    assert not app.error


@pytest.mark.parametrize("network", ["resnet18", "resnet50-v1", "plain34", "vgg16", "alexnet", "googlenet", "lenet5"])
def test_every_family_is_drawn(network: str) -> None:
    app = start(network=network)
    assert not app.error
    for place in ("network", app.selectbox(key="place").options[-1], "stage1"):
        select(app, place)


def test_the_breadcrumb_goes_up() -> None:
    app = start(place="layer3.2.conv2")
    labels = [button.label for button in app.button if str(button.key).startswith("breadcrumb")]
    assert labels == [spec("resnet50").title, "Stage 3", "BTNK2 layer3.2", "**Convolution 3x3**"]
    app.button(key="breadcrumb_1").click().run()
    assert app.selectbox(key="place").value == "stage3"


def test_the_table_holds_all_operations_and_its_totals() -> None:
    app = start()
    frame = app.dataframe[0].value
    assert len(frame) == 175
    assert frame["params"].sum() == 25_557_032
    assert frame["macs"].sum() == 4_089_184_256
    assert "53 convolutions: 49 on the main path and 4 projections." in all_text(app)


def test_the_search_narrows_the_table_and_adds_it_up() -> None:
    app = start()
    app.text_input(key="operations_search").set_value("layer4 downsample CONV").run()
    assert list(app.dataframe[0].value["name"]) == ["layer4.0.downsample.0"]
    assert "1 of 175 operations: 2,097,152 parameters, 102,760,448 MACs." in all_text(app)
    app.text_input(key="operations_search").set_value("no such thing").run()
    assert len(app.dataframe[0].value) == 0
    assert not app.exception


def test_the_selected_operation_is_the_selected_row() -> None:
    app = start(place="bn1")
    assert app.session_state["operations"]["selection"]["rows"] == [1]
    select(app, "stage2")
    assert app.session_state["operations"]["selection"]["rows"] == []


@pytest.mark.parametrize(("lang", "sentence"), [("en", "63"), ("zh", "63")])
def test_a_size_that_alexnet_refuses_is_a_sentence_with_a_way_out(lang: str, sentence: str) -> None:
    app = start(network="alexnet", size="32", lang=lang)
    assert sentence in app.error[0].value and "1024" in app.error[0].value
    button = next(button for button in app.button if "63" in button.label)
    button.click().run()
    assert not app.error and not app.exception
    assert app.number_input(key="size").value == 63


def test_costs_are_drawn_only_when_asked_for() -> None:
    app = start()
    assert not app.get("plotly_chart")
    app.session_state["architecture_tabs"] = "Where the cost sits"
    app.run()
    assert len(app.get("plotly_chart")) == 3
