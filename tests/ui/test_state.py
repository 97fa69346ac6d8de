"""The one selection: how it moves between networks, and how it survives what a URL can say."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from resnet_viz.blueprint import blueprint
from resnet_viz.records import INPUT, NETWORK
from resnet_viz.ui.state import first_part, nearest

APP = Path(__file__).parents[2] / "app.py"


def start(**query: str) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=120)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


@pytest.mark.parametrize(
    ("network", "place", "expected"),
    [
        ("resnet50", "layer3.2.conv2", "layer3.2.conv2"),
        ("resnet18", "layer1.0.conv3", "layer1.0"),
        ("resnet18", "layer3.5.conv1", "stage3"),
        ("plain50", "layer2.0.downsample.0", "layer2.0"),
        ("vgg16", "layer3.2.conv2", "stage3"),
        ("vgg16", NETWORK, NETWORK),
        ("alexnet", INPUT, INPUT),
        ("resnet50", "garbage", NETWORK),
        ("resnet50", "", NETWORK),
        ("resnet50", "layer9.9.conv9", NETWORK),
        ("vgg16", "features.3.nothing", "features.3"),
    ],
)
def test_nearest(network: str, place: str, expected: str) -> None:
    assert nearest(blueprint(network), place) == expected


def test_the_first_part_is_a_block_or_a_stage() -> None:
    assert first_part(blueprint("resnet152")) == "layer1.0"
    assert first_part(blueprint("vgg16")) == "stage1"


def test_the_url_says_it_all() -> None:
    app = start(network="resnet18", size="96", place="layer2.1.conv1", lang="zh")
    assert app.selectbox(key="network").value == "resnet18"
    assert app.number_input(key="size").value == 96
    assert app.selectbox(key="place").value == "layer2.1.conv1"
    assert app.title[0].value == "架构"


@pytest.mark.parametrize(
    "query",
    [
        {"place": "garbage"},
        {"network": "foo"},
        {"size": "9999"},
        {"size": "0"},
        {"size": "-1"},
        {"size": "abc"},
        {"size": "nan"},
        {"lang": "xx"},
        {"place": "", "network": "", "size": "", "lang": ""},
        {"place": "layer1.0.conv3", "network": "resnet18"},
        {"unknown": "1"},
    ],
)
def test_bad_urls_fall_back(query: dict[str, str]) -> None:
    app = start(**query)
    assert not app.error
    assert app.selectbox(key="place").value == ("layer1.0" if query.get("network") == "resnet18" else NETWORK)
    assert app.number_input(key="size").value == 224


def test_a_place_keeps_through_networks_and_comes_back() -> None:
    app = start(place="layer3.2.conv3")
    app.selectbox(key="network").set_value("resnet18").run()
    assert app.selectbox(key="place").value == "stage3"
    app.selectbox(key="network").set_value("vgg16").run()
    assert app.selectbox(key="place").value == "stage3"
    app.selectbox(key="network").set_value("resnet101").run()
    assert app.selectbox(key="place").value == "layer3.2.conv3"
    app.number_input(key="size").set_value(64).run()
    assert app.selectbox(key="place").value == "layer3.2.conv3"
    assert not app.exception


def test_the_switch_changes_the_language() -> None:
    app = start(lang="en")
    assert app.title[0].value == "Architecture"
    app.segmented_control(key="lang").set_value("zh").run()
    assert app.title[0].value == "架构"
    assert app.query_params["lang"] == "zh"


def test_a_network_of_one_size_shows_it() -> None:
    app = start(network="lenet5")
    assert not app.error
    fixed = app.number_input(key="fixed_size")
    assert fixed.value == 32 and fixed.disabled
    app.selectbox(key="network").set_value("resnet50").run()
    assert app.number_input(key="size").value == 224
