"""The three columns, held against the blueprint that they are drawn from."""

from __future__ import annotations

import re
from functools import cache
from itertools import combinations
from xml.etree import ElementTree

import pytest

from resnet_viz.blueprint import blueprint
from resnet_viz.errors import NetworkError
from resnet_viz.figures.architecture import figure, stage_figure
from resnet_viz.figures.block_figure import block_drawing
from resnet_viz.figures.graph_render import render
from resnet_viz.figures.palette import stage_color
from resnet_viz.records import INPUT, NETWORK, Blueprint
from tests.figures.contrast import contrast

SVG = "{http://www.w3.org/2000/svg}"
RESIDUAL = ("resnet50", "resnet50-v1", "plain50", "resnet18", "plain18", "resnet152")
NETWORKS = (*RESIDUAL, "vgg16", "alexnet", "googlenet", "lenet5")

plan = cache(blueprint)


@cache
def drawn(network: str, view: str) -> ElementTree.Element:
    return ElementTree.fromstring(render(figure(plan(network), view), "svg"))


def groups(root: ElementTree.Element, word: str) -> list[ElementTree.Element]:
    return [group for group in root.iter(f"{SVG}g") if word in group.get("class", "").split()]


def places(root: ElementTree.Element) -> list[str]:
    return [group.findtext(f"{SVG}title") or "" for group in groups(root, "place")]


def words(group: ElementTree.Element) -> str:
    return " ".join(text.text or "" for text in group.iter(f"{SVG}text"))


def box(network: str, view: str, place: str) -> str:
    """What is written in a box."""
    (found,) = (g for g in groups(drawn(network, view), "place") if g.findtext(f"{SVG}title") == place)
    return words(found)


def views(plan: Blueprint) -> list[str]:
    return ["overview", *(stage.name for stage in plan.stages), *(block.name for block in plan.blocks)]


@pytest.mark.parametrize("network", NETWORKS)
def test_every_place_has_its_box(network: str) -> None:
    found = [place for view in views(plan(network)) for place in places(drawn(network, view))]
    assert set(found) == set(plan(network).places) - {NETWORK}
    assert len(found) == len(set(found))


@pytest.mark.parametrize("network", NETWORKS)
def test_every_box_says_its_shape(network: str) -> None:
    """Except in the four narrow columns of an inception module, and in the rows of a stage that has too many blocks."""
    for view in ("overview", *(stage.name for stage in plan(network).stages)):
        if view == "stage3" and network == "resnet152":
            continue
        for place in places(drawn(network, view)):
            record = plan(network).by_place.get(place)
            shape = plan(network).input_shape if record is None else record.output_shape
            assert f"({','.join(map(str, shape))})" in box(network, view, place)


def test_overview_of_resnet50() -> None:
    assert places(drawn("resnet50", "overview")) == [
        *(INPUT, "stage0", "stage1", "stage2", "stage3", "stage4"),
        *("avgpool", "flatten", "fc"),
    ]
    assert box("resnet50", "overview", INPUT) == "INPUT (3,224,224)"
    assert box("resnet50", "overview", "stage0") == "STAGE 0 (64,56,56) CONV 7x7, MAXPOOL 3x3"
    assert box("resnet50", "overview", "stage3") == "STAGE 3 (1024,14,14) BTNK1 x1, BTNK2 x5"
    assert box("resnet50", "overview", "fc") == "FC 1000 (1000)"


def test_stages_of_resnet50() -> None:
    assert [box("resnet50", "stage0", p) for p in places(drawn("resnet50", "stage0"))] == [
        "CONV 7x7, 64, /2 (64,112,112)",
        "BN (64,112,112)",
        "RELU (64,112,112)",
        "MAXPOOL 3x3, /2 (64,56,56)",
    ]
    assert box("resnet50", "stage2", "layer2.0") == "BTNK1 layer2.0 (512,28,28) C=256, W=56, C1=128, S=2"
    assert box("resnet50", "stage2", "layer2.3") == "BTNK2 layer2.3 (512,28,28) C=512, W=28, C1=128, S=1"
    assert len(groups(drawn("resnet50", "stage2"), "shortcut")) == 4
    assert len(groups(drawn("resnet50", "stage2"), "mark")) == 1, "one of the four is a projection"


def test_the_stride_is_where_the_network_has_it() -> None:
    for network, strided, plain in (("resnet50", "conv2", "conv1"), ("resnet50-v1", "conv1", "conv2")):
        assert "/2" in box(network, "layer3.0", f"layer3.0.{strided}")
        assert "/2" not in box(network, "layer3.0", f"layer3.0.{plain}")
        assert box(network, "layer3.0", "layer3.0.downsample.0").startswith("CONV 1x1, 1024, /2")


def columns(network: str, name: str) -> list[tuple[str, ...]]:
    """Places of a block's operations by the column in which they are drawn, from left to right."""
    found: dict[float, list[str]] = {}
    block = plan(network).block(name)
    for here in block_drawing(plan(network), name).boxes:
        if here.box.name in block.layers:
            found.setdefault(here.x, []).append(here.box.name)
    return [tuple(found[x]) for x in sorted(found)]


def test_branches_of_blocks() -> None:
    block = plan("resnet50").block("layer2.0")
    main, projection = columns("resnet50", "layer2.0")
    assert projection == block.projection == ("layer2.0.downsample.0", "layer2.0.downsample.1")
    assert main == (*block.branch, "layer2.0.add", "layer2.0.relu_2")
    assert len(columns("resnet50", "layer2.1")) == len(columns("plain50", "layer2.1")) == 1
    inception = columns("googlenet", "inception3a")
    assert sorted(map(len, inception)) == [1, 3, 4, 6, 6], "four branches, and what joins them"


def test_shortcuts_are_drawn_where_there_are_any() -> None:
    assert len(groups(drawn("resnet50", "layer2.1"), "shortcut")) == 2, "into the word identity, and out of it"
    assert len(groups(drawn("resnet50", "layer2.0"), "shortcut")) == 3
    for view in ("stage2", "layer2.0", "layer2.1"):
        assert not groups(drawn("plain50", view), "shortcut")
    assert "identity" in {words(g) for g in groups(drawn("resnet50", "layer2.1"), "label")}


@pytest.mark.parametrize("network", NETWORKS)
def test_lines_are_the_edges_of_the_trace(network: str) -> None:
    """Between the boxes of operations in a block's drawing runs what the trace says, and no more."""
    for block in plan(network).blocks:
        lines = block_drawing(plan(network), block.name).lines
        inside = set(block.layers)
        read = {(source, name) for name in inside for source in plan(network).layer(name).inputs if source in inside}
        assert {(line.tail, line.head) for line in lines if {line.tail, line.head} <= inside} == read


@pytest.mark.parametrize("view", ["layer2.0", "layer2.1"])
def test_boxes_do_not_touch(view: str) -> None:
    for network in ("resnet50", "resnet18", "plain50"):
        for one, other in combinations(block_drawing(plan(network), view).boxes, 2):
            beside = abs(one.x - other.x) >= (one.width + other.width) / 2
            above = one.bottom[1] <= other.y or other.bottom[1] <= one.y
            assert beside or above, (one.box.name, other.box.name)


def test_many_blocks_stay_near_each_other() -> None:
    root = drawn("resnet152", "stage3")
    assert len(places(root)) == 36
    width, height = (float(value) for value in root.attrib["viewBox"].split()[2:])
    assert width < 300 and height < 800
    legend = {words(g) for g in groups(root, "label")}
    assert "BTNK2: C=1024, W=14, C1=256, S=1, (1024,14,14)" in legend


@pytest.mark.parametrize("network", NETWORKS)
def test_boxes_hold_their_text_and_it_is_legible(network: str, capfd: pytest.CaptureFixture[str]) -> None:
    for view in views(plan(network)):
        root = ElementTree.fromstring(render(figure(plan(network), view), "svg"))
        for group in groups(root, "place"):
            shape = next(child for child in group if child.tag in (f"{SVG}path", f"{SVG}ellipse"))
            for text in group.iter(f"{SVG}text"):
                assert contrast(text.attrib["fill"], shape.attrib["fill"]) >= 4.5
    assert capfd.readouterr().err == "", "Graphviz says so where a label is too large for its box"


def test_stage_colours_and_classes() -> None:
    for group in groups(drawn("resnet50", "overview"), "place"):
        place = group.findtext(f"{SVG}title") or ""
        number = int(place[-1]) if re.fullmatch(r"stage\d", place) else None
        assert next(group.iter(f"{SVG}path")).get("stroke") == stage_color(number)
        assert ("head" if number is None else place) in group.get("class", "").split()


@pytest.mark.parametrize("view", ["stage9", "layer9.0", "conv1", "", "network"])
def test_another_view_is_an_error_that_names_it(view: str) -> None:
    with pytest.raises(NetworkError) as caught:
        figure(plan("resnet50"), view)
    assert (caught.value.code, caught.value.values["place"]) == ("unknown_place", view)
    with pytest.raises(NetworkError):
        stage_figure(plan("resnet50"), 7)
