"""The networks page as a visitor without a mouse has it: the history in numbers, and the side outputs at a size."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from resnet_viz.analysis.family import FAMILY
from resnet_viz.analysis.side_outputs import HEADS
from resnet_viz.lang import LANGUAGES, text
from resnet_viz.learn.references import references

APP = Path(__file__).parents[2] / "app.py"
PAGE = "resnet_viz/pages/networks.py"


def test_every_paper_is_among_the_references() -> None:
    assert {entry.ref for entry in (*FAMILY, *HEADS)} <= set(references())
    assert all(entry.year == references()[entry.ref].year for entry in FAMILY)


def start(**query: str) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=120)
    app.switch_page(PAGE)
    for name, value in {"lang": "en", **query}.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception and not app.error
    return app


def captions(app: AppTest) -> str:
    return "\n".join(caption.value for caption in app.caption)


def test_the_history_and_a_depth_that_is_counted() -> None:
    app = start()
    assert app.title[0].value == "Networks"
    assert list(app.dataframe[0].value["depth"]) == [5, 8, 16, 19, 22, 18, 34, 50, 101, 152]
    assert "ResNet-34, 3.66 G for 73.3 %" in captions(app)
    assert "1 + 9 + 12 + 18 + 9 + 1 = 50" in captions(app)
    app.segmented_control(key="counted").set_value("googlenet").run()
    assert "1 + 2 + 4 + 10 + 4 + 1 = 22" in captions(app)
    assert app.query_params["counted"] == "googlenet"


def test_what_is_counted_opens_in_the_architecture() -> None:
    app = start(counted="vgg19")
    app.button(key="counted_open").click().run()
    assert not app.exception
    assert app.title[0].value == "Architecture"
    assert app.selectbox(key="network").value == "vgg19"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_side_outputs_at_a_size_of_the_visitors(lang: str) -> None:
    app = start(lang=lang, family="outputs", backbone_size="64", network="resnet18")
    assert app.header[0].value == text(lang, "networks.outputs.title")
    assert "64x32x32" in captions(app) and "512x2x2" in captions(app)
    shapes = app.dataframe[0].value.iloc[:, 3]
    assert list(shapes)[:5] == ["64x32x32", "64x16x16", "128x8x8", "256x4x4", "512x2x2"]
    assert list(shapes)[5:] == ["64x64x64", "128x32x32", "256x16x16", "512x8x8", "512x4x4"]
    assert "models.resnet18(weights=None)" in app.code[0].value


def test_a_network_that_takes_no_photo_gives_way() -> None:
    app = start(family="outputs", backbone_size="64", network="lenet5", beside="alexnet")
    assert "LeNet-5 takes no photo" in captions(app)
    assert len(app.dataframe[0].value) == 5 + 3
