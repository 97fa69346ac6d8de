"""Differences as they are written, which places two networks show for one selection, and what is said of it."""

from __future__ import annotations

import pytest
import streamlit as st

from resnet_viz.analysis.alignment import Alignment, Side, align
from resnet_viz.blueprint import blueprint
from resnet_viz.networks.catalog import spec
from resnet_viz.records import INPUT, NETWORK
from resnet_viz.ui.address import WISHES
from resnet_viz.ui.compare.drawn import drawn, looks, notes
from resnet_viz.ui.compare.places import SIDES, Selection, options, plan_of, read, reported, selection
from resnet_viz.ui.compare.totals import short_signed, signed
from resnet_viz.ui.selectable_table import width_of


def test_differences_carry_their_sign() -> None:
    assert [signed(value) for value in (2_776_576, -7_680, 0)] == ["+2,776,576", "−7,680", "0"]
    assert [short_signed(value) for value in (359_661_568, -11_381_080_064, -512, 0)] == [
        "+360\u00a0M",
        "−11.4\u00a0G",
        "−512",
        "0",
    ]


def aligned(left: str, right: str) -> Alignment:
    return align(*(blueprint(name, min(max(64, spec(name).min_size), spec(name).max_size)) for name in (left, right)))


def asked(monkeypatch: pytest.MonkeyPatch, **wishes: str) -> None:
    monkeypatch.setattr(st, "session_state", {WISHES: {"lang": "en", **wishes}})


@pytest.mark.parametrize(
    ("right", "wish", "shown"),
    [
        ("plain50", NETWORK, (NETWORK, NETWORK)),
        ("plain50", INPUT, (INPUT, INPUT)),
        ("plain50", "layer2.0.add", ("layer2.0.add", "layer2.0")),
        ("plain50", "layer9.0", (NETWORK, NETWORK)),
        ("resnet101", "layer3.20.conv1", ("stage3", "layer3.20.conv1")),
        ("vgg16", "features.10", ("layer1.0.conv2", "features.10")),
        ("vgg16", "layer1.0.conv2", ("layer1.0.conv2", "features.10")),
        ("vgg16", NETWORK, (NETWORK, NETWORK)),
        ("vgg16", INPUT, (INPUT, INPUT)),
    ],
)
def test_one_selection_shows_a_place_in_each(
    monkeypatch: pytest.MonkeyPatch, right: str, wish: str, shown: tuple[str, str]
) -> None:
    asked(monkeypatch, place=wish)
    assert selection(aligned("resnet50", right)).places == shown


def test_a_name_that_both_have_means_one_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    found = aligned("alexnet", "vgg16")
    asked(monkeypatch, place="features.0")
    assert selection(found) == Selection("left", ("features.0", "features.10"))
    asked(monkeypatch, place="features.0", place_of="right")
    assert selection(found) == Selection("right", (NETWORK, "features.0"))
    asked(monkeypatch, place="layer1.0.conv1", place_of="right")
    assert selection(aligned("resnet18", "plain18")).side == "left", "the same place in both"


@pytest.mark.parametrize(("left", "right"), [("resnet18", "plain34"), ("googlenet", "vgg16"), ("alexnet", "alexnet")])
def test_the_list_has_each_place_of_both_once(left: str, right: str) -> None:
    found = aligned(left, right)
    listed = options(found)
    assert len(set(listed)) == len(listed)
    named = {(read(reported(found, place, side)), reported(found, place, side)) for side, place in _all(found)}
    assert {option for _, option in named} == set(listed)
    assert ("right/layer1.2.conv1" in listed) == (right == "plain34")
    assert all(place in plan_of(found, side).places for (place, side), _ in named)


def _all(found: Alignment) -> list[tuple[Side, str]]:
    return [(side, place) for side in SIDES for place in plan_of(found, side).places]


@pytest.mark.parametrize(
    ("left", "right", "place", "level", "views", "said"),
    [
        ("resnet50", "plain50", NETWORK, "network", ("overview", "overview"), []),
        ("resnet50", "plain50", NETWORK, "stage", ("stage1", "stage1"), ["the first one with blocks is drawn"]),
        ("resnet50", "plain50", NETWORK, "block", ("layer1.0", "layer1.0"), ["no single block, so the first one"]),
        ("resnet50", "plain50", "fc", "stage", ("stage1", "stage1"), ["`fc` lies in no single stage"]),
        ("resnet50", "plain50", "stage2", "block", ("layer2.0", "layer2.0"), ["`stage2` is more than one block"]),
        ("resnet50", "plain50", "conv1", "block", ("stage0", "stage0"), ["`conv1` has no blocks"]),
        ("resnet50", "plain50", "layer2.0.add", "block", ("layer2.0",) * 2, ["Plain-50 has no `layer2.0.add`"]),
        (
            "resnet18",
            "plain34",
            "layer1.2.conv1",
            "block",
            ("stage1", "layer1.2"),
            ["ResNet-18 has no `layer1.2.conv1`"],
        ),
        (
            "googlenet",
            "vgg16",
            NETWORK,
            "stage",
            ("stage3", "stage4"),
            ["first one with blocks", "Beside `stage3` of Goog"],
        ),
        (
            "vgg16",
            "googlenet",
            NETWORK,
            "stage",
            ("stage4", "stage3"),
            ["first one with blocks", "Beside `stage3` of Goog"],
        ),
        ("googlenet", "vgg16", "features.0", "stage", ("overview", "stage1"), ["Nothing in GoogLeNet stands beside"]),
        ("alexnet", "alexnet", NETWORK, "block", ("stage1", "stage1"), ["no single stage, so the first one is drawn"]),
    ],
)
def test_what_is_drawn_is_said(
    monkeypatch: pytest.MonkeyPatch,
    left: str,
    right: str,
    place: str,
    level: str,
    views: tuple[str, str],
    said: list[str],
) -> None:
    found = aligned(left, right)
    asked(monkeypatch, place=place)
    what = drawn(found, selection(found), level)
    assert what.views == views
    sentences = list(notes(found, what))
    assert len(sentences) == len(said)
    assert all(part in sentence for part, sentence in zip(said, sentences, strict=True)), sentences


@pytest.mark.parametrize(
    ("left", "right", "place", "level", "has", "has_not"),
    [
        ("resnet50", "plain50", NETWORK, "stage", "they are the shortcuts", "No shortcut"),
        ("resnet50", "plain50", "stage0", "stage", "No shortcut", "they are the shortcuts"),
        ("alexnet", "alexnet", NETWORK, "stage", "No shortcut", "they are the shortcuts"),
        ("lenet5", "vgg16", NETWORK, "network", "what the stages are made of", "shortcut"),
        ("plain18", "plain34", NETWORK, "block", "No shortcut", "into the addition"),
        ("plain18", "resnet18", NETWORK, "network", "its plain twin", "INCEPTION"),
        ("googlenet", "vgg16", NETWORK, "network", "parallel branches", "BTNK"),
    ],
)
def test_shortcuts_are_looked_at_where_they_are(
    monkeypatch: pytest.MonkeyPatch, left: str, right: str, place: str, level: str, has: str, has_not: str
) -> None:
    found = aligned(left, right)
    asked(monkeypatch, place=place)
    look = " ".join(looks(found, drawn(found, selection(found), level)))
    assert has in look and has_not not in look


def test_a_column_is_as_wide_as_its_widest_text() -> None:
    assert width_of(["−115,605,504", "0"]) == 18 + 7 * 12
    assert width_of(["仅 VGG-16 有"]) == 18 + 7 * (4 + 8), "a Chinese character takes two"
    assert width_of(["CONV"], letter=6.5) == 18 + 26
