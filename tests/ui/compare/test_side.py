"""Differences as they are written, and which places two networks show for one selection."""

from __future__ import annotations

import pytest
import streamlit as st

from resnet_viz.analysis.alignment import align
from resnet_viz.blueprint import blueprint
from resnet_viz.records import NETWORK
from resnet_viz.ui.address import WISHES
from resnet_viz.ui.compare.blueprints import selected_places
from resnet_viz.ui.compare.totals import short_signed, signed


def test_differences_carry_their_sign() -> None:
    assert [signed(value) for value in (2_776_576, -7_680, 0)] == ["+2,776,576", "−7,680", "0"]
    assert [short_signed(value) for value in (359_661_568, -11_381_080_064, -512, 0)] == [
        "+360\u00a0M",
        "−11.4\u00a0G",
        "−512",
        "0",
    ]


@pytest.mark.parametrize(
    ("right", "wish", "shown"),
    [
        ("plain50", NETWORK, (NETWORK, NETWORK)),
        ("plain50", "layer2.0.add", ("layer2.0.add", "layer2.0")),
        ("plain50", "layer9.0", (NETWORK, NETWORK)),
        ("resnet101", "layer3.20.conv1", ("stage3", "layer3.20.conv1")),
        ("vgg16", "features.10", ("layer1.0.conv2", "features.10")),
        ("vgg16", "layer1.0.conv2", ("layer1.0.conv2", "features.10")),
        ("vgg16", NETWORK, (NETWORK, NETWORK)),
    ],
)
def test_one_selection_shows_a_place_in_each(
    monkeypatch: pytest.MonkeyPatch, right: str, wish: str, shown: tuple[str, str]
) -> None:
    monkeypatch.setattr(st, "session_state", {WISHES: {"place": wish}})
    assert selected_places(align(blueprint("resnet50", 64), blueprint(right, 64))) == shown
