"""The compare page as a visitor without a mouse has it: its views, two blueprints, and what they differ in."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from torch import Tensor

from resnet_viz.analysis.landscape import Plane
from resnet_viz.lang import text
from resnet_viz.ui.jobs import Cancelled, Progress
from resnet_viz.ui.landscape_job import Landscape, Order

APP = Path(__file__).parents[2] / "app.py"
PAGE = "resnet_viz/pages/compare.py"


def start(**query: str) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=120)
    app.switch_page(PAGE)
    app.query_params["lang"] = "en"
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("view", "part", "drawn"),
    [
        ("side", "picture", "compare_image.title"),
        ("side", "curves", "compare_image.published.title"),
        ("depth", "shattered", "depth.shattered.title"),
        ("depth", "chain", "chain.title"),
        ("depth", "stack", "chain.net.title"),
        ("paths", "landscape", "paths.landscape.title"),
        ("train", "", "train.title"),
    ],
)
def test_a_link_opens_its_part(view: str, part: str, drawn: str, lang: str) -> None:
    app = start(view=view, part=part, lang=lang)
    assert app.title[0].value == text(lang, "compare.title")  # type: ignore[arg-type]
    headings = [element.value for kind in ("header", "subheader") for element in app.get(kind)]
    assert text(lang, drawn) in headings  # type: ignore[arg-type]
    assert not app.error


def said(app: AppTest) -> str:
    return "\n".join(str(element.value) for kind in ("markdown", "caption", "info") for element in app.get(kind))


def sums(app: AppTest) -> dict[str, list[str]]:
    return {
        str(name): [str(value).replace("\u00a0", " ") for value in row] for name, row in app.table[0].value.iterrows()
    }


def test_the_first_pair_is_resnet50_and_its_twin() -> None:
    app = start()
    assert (app.selectbox(key="left").value, app.selectbox(key="right").value) == ("resnet50", "plain50")
    assert sums(app) == {
        "Alike in both": ["151", "151", "0", "0"],
        "Additions of shortcuts": ["16", "–", "0", "0"],
        "Projections, 1x1 convolutions": ["4", "–", "+2,768,896", "+360 M"],
        "Batch norms of projections": ["4", "–", "+7,680", "0"],
        "All operations": ["175", "151", "+2,776,576", "+360 M"],
    }
    assert "In 151 of 175 rows" in said(app)
    assert "Parameters: 25,557,032 and 22,780,456, Δ +2,776,576." in said(app)
    assert app.button(key="compare_twin").disabled


def test_the_table_marks_what_one_network_alone_has() -> None:
    app = start()
    frame = app.dataframe[0].value
    assert len(frame) == 175
    alone = frame[frame["mark"] == "only in ResNet-50"]
    assert len(alone) == 24 and alone["right"].isna().all()
    assert frame["params"].sum() == 2_776_576
    app.segmented_control(key="compare_shown").set_value("different").run()
    assert len(app.dataframe[0].value) == 24


def test_the_button_puts_the_twin_beside() -> None:
    app = start(left="resnet34", right="vgg16")
    assert app.selectbox(key="right").value == "vgg16"
    app.button(key="compare_twin").click().run()
    assert app.selectbox(key="right").value == "plain34"
    assert "plain34" in app.query_params["right"]
    assert set(sums(app)) == {
        "Alike in both",
        "Additions of shortcuts",
        "Projections, 1x1 convolutions",
        "Batch norms of projections",
        "All operations",
    }


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("resnet18", "resnet152", "stage"),
        ("googlenet", "resnet50-v1", "block"),
        ("lenet5", "vgg19", "network"),
        ("alexnet", "vgg16", "stage"),
        ("plain18", "plain18", "block"),
    ],
)
def test_any_two_networks_stand_beside_each_other(left: str, right: str, level: str, lang: str) -> None:
    app = start(left=left, right=right, level=level, lang=lang, place="layer2.0.conv1")
    assert not app.error
    for column in (0, 1):
        *parts, whole = (int(line[column].replace(",", "").replace("–", "0")) for line in sums(app).values())
        assert sum(parts) == whole > 0


def test_networks_of_other_sizes_are_said_to_be() -> None:
    app = start(left="lenet5", right="alexnet", size="256")
    assert "Input: 32 pixels a side for LeNet-5, 256 for AlexNet" in said(app)
    assert "no places in common" in said(app)


def test_the_same_network_twice_differs_in_nothing() -> None:
    app = start(left="vgg16", right="vgg16")
    app.segmented_control(key="compare_shown").set_value("different").run()
    assert "there is nothing that differs" in said(app) and "No row differs." in said(app)
    app.segmented_control(key="compare_shown").set_value("all").run()
    assert "40 of 40 rows. Select a row" in said(app), "nothing is tinted"


@pytest.mark.parametrize(
    ("left", "right", "tints", "maps"),
    [
        ("resnet50", "plain50", ["Blue is what only a network with shortcuts has."], True),
        ("resnet18", "plain34", ["Blue is", "Orange is what only a network without them has."], False),
        (
            "googlenet",
            "vgg16",
            ["Grey is what other networks have alone.", "Counterparts that differ are grey."],
            False,
        ),
    ],
)
def test_only_what_is_there_is_explained(left: str, right: str, tints: list[str], maps: bool) -> None:
    words = said(start(left=left, right=right))
    assert all(tint in words for tint in tints)
    assert sum(words.count(color) for color in ("Blue is", "Orange is", "Grey is", "Counterparts")) == len(tints)
    assert ("The maps of The same picture follow too." in words) == maps


@pytest.mark.parametrize(
    ("left", "right", "row", "place", "shown", "note"),
    [
        ("resnet18", "plain34", "layer1.2.conv1", "layer1.2.conv1", "right/layer1.2.conv1", "ResNet-18 has no"),
        ("googlenet", "vgg16", "features.0: CONV 3x3", "features.0", "right/features.0", "Nothing in GoogLeNet"),
        ("alexnet", "vgg16", "features.0: CONV 3x3", "features.0", "right/features.0", "Nothing in AlexNet"),
    ],
)
def test_a_place_of_the_right_network_is_selected(
    left: str, right: str, row: str, place: str, shown: str, note: str
) -> None:
    app = start(left=left, right=right)
    frame = app.dataframe[0].value
    column = frame["place"] if "place" in frame else frame["right"].fillna("")
    (number,) = (n for n, text in enumerate(column) if text.startswith(row))
    assert frame["left"].isna()[number]
    app.selectbox(key="place").set_value(shown).run()
    assert app.selectbox(key="place").value == shown
    assert place in app.query_params["place"] and note in said(app)
    assert app.session_state["compare_rows"]["selection"]["rows"] == [number]
    app.switch_page("resnet_viz/pages/architecture.py").run()
    assert app.selectbox(key="place").value == (place if place == "layer1.2.conv1" else "network"), "of ResNet-50"


def test_a_link_says_whose_place_is_meant() -> None:
    app = start(left="alexnet", right="vgg16", place="features.0", place_of="right")
    assert app.selectbox(key="place").value == "right/features.0"
    app.selectbox(key="place").set_value("features.3").run()
    assert "place_of" not in app.query_params and "features.3" in app.query_params["place"]
    app.selectbox(key="place").set_value("right/features.3").run()
    assert "right" in app.query_params["place_of"]


def test_one_selection_for_diagrams_table_and_maps() -> None:
    app = start(place="layer3.2.conv2")
    rows = app.dataframe[0].value
    (selected,) = app.session_state["compare_rows"]["selection"]["rows"]
    assert rows["place"][selected] == "layer3.2.conv2"
    app.segmented_control(key="part").set_value("picture").run()
    assert app.selectbox(key="place").value == "layer3.2.conv2"
    app.selectbox(key="place").set_value("layer1.0.add").run()
    app.segmented_control(key="part").set_value("blueprints").run()
    (selected,) = app.session_state["compare_rows"]["selection"]["rows"]
    assert rows["place"][selected] == "layer1.0.add"


def test_a_part_belongs_to_its_view() -> None:
    app = start(view="depth", part="landscape")
    assert app.segmented_control(key="part").value == "signal"
    app.segmented_control(key="part").set_value("shattered").run()
    assert "shattered" in app.query_params["part"]
    app.segmented_control(key="view").set_value("train").run()
    assert not app.exception and not app.error


@pytest.mark.parametrize("leave", ["part", "page"])
def test_a_landscape_stops_when_its_visitor_turns_away(monkeypatch: pytest.MonkeyPatch, leave: str) -> None:
    ended = threading.Event()

    def endless(order: Order, images: Tensor) -> Callable[[Progress, Cancelled], Landscape]:
        def work(progress: Progress, cancelled: Cancelled) -> Landscape:
            progress(1, 2)
            while not cancelled():
                time.sleep(0.01)
            ended.set()
            return Landscape(order, Plane((0.0,), ((1.0,),), ((1.0,),)), (0,))

        return work

    monkeypatch.setattr("resnet_viz.ui.compare.landscape_live.landscape_work", endless)
    app = start(view="paths", part="landscape")
    app.button(key="landscape_start").click().run()
    assert not app.exception and not ended.is_set()
    if leave == "part":
        app.segmented_control(key="part").set_value("unravelled").run()
        assert ended.wait(60)
        assert "= 65,536 ways from the picture" in said(app)
        app.segmented_control(key="part").set_value("landscape").run()
    else:
        app.switch_page("resnet_viz/pages/blocks.py").run()
        assert ended.wait(60)
        app.switch_page(PAGE)
        app.query_params["view"], app.query_params["part"] = "paths", "landscape"
        app.run()
    assert not app.exception and "Stopped before there was anything to draw" in said(app)


def test_wrong_names_in_a_link_fall_back() -> None:
    app = start(left="resnet51", view="nowhere", part="attic", level="roof")
    assert app.selectbox(key="left").value == "resnet50"
    assert not app.error
