"""The section on signal and gradient: what can be chosen, and that sentences say what the networks did."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from resnet_viz.networks.slim import DEPTHS as SLIM_DEPTHS

WAIT = 120


def section() -> None:
    """What AppTest runs: the section alone, on a drawn picture, with the weights that are there."""
    import torch

    from resnet_viz.ui.cache import program
    from resnet_viz.ui.compare.signal import signal

    image = torch.randn(1, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    signal(image, lambda: (program("resnet18", "none"), program("plain18", "none")))


def start(**query: str) -> AppTest:
    app = AppTest.from_function(section, default_timeout=WAIT)
    app.query_params["lang"] = "en"
    for name, value in query.items():
        app.query_params[name] = value
    app.query_params["lang"] = "en"
    app.session_state["wished_depth_network"] = "resnet18"
    app.run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    return "\n".join(str(element.value) for kind in ("markdown", "caption", "info") for element in app.get(kind))


def charts(app: AppTest) -> int:
    return len(app.get("plotly_chart"))


def test_untrained_networks_are_said_to_be_so() -> None:
    app = start()
    assert charts(app) == 3
    assert "ResNet-18 and Plain-18: untrained, starting values of seed 0" in said(app)
    assert "Batch norm takes its statistics from 4 images" in said(app)
    assert len(re.findall(r"a factor of [\d.]+ a layer", said(app))) == 2


def test_without_batch_norm_the_doubling_is_told() -> None:
    app = start(depth_state="slim", depth_norm="none")
    app.slider(key="depth_slim_layers").set_value(20).run()
    assert "Over 9 blocks here" in said(app)
    assert "22.6-fold" in said(app)  # 2^(9 / 2)


@pytest.mark.parametrize(
    ("layers", "verdict"), [(20, "does not vanish, which is counted from 1/1,000 down; on"), (120, "on the contrary")]
)
def test_the_verdict_follows_the_network(layers: int, verdict: str) -> None:
    app = start(depth_state="slim")
    app.slider(key="depth_slim_layers").set_value(layers).run()
    assert verdict in said(app)
    assert f"Plain network, {layers} layers" in said(app)


@pytest.mark.parametrize(("asked", "layers"), [("120", 120), ("119.6", 120), ("9000", None)])
def test_the_number_of_slim_layers_is_in_the_link(asked: str, layers: int | None) -> None:
    app = start(depth_state="slim", depth_slim_layers=asked)
    assert f"Plain network, {layers or SLIM_DEPTHS[4]} layers" in said(app)


def fold_alone() -> None:
    """What AppTest runs: one change in words."""
    import streamlit as st

    from resnet_viz.ui.compare.signal_words import fold

    st.markdown(fold(st.session_state["ratio"]))


@pytest.mark.parametrize(
    ("ratio", "words"),
    [
        (3664.0, "grows 3,660-fold"),
        (1.0004, "stays the same"),
        (0.953, "falls to 95.3 %"),
        (1 / 83.1, "falls to 1/83.1"),
        (1.4e-44, "falls to 1.4 × 10⁻⁴⁴ of what it was"),
        (0.0, "is lost: it is zero, or beyond what float32 holds"),
    ],
)
def test_a_change_in_words(ratio: float, words: str) -> None:
    app = AppTest.from_function(fold_alone, default_timeout=WAIT)
    app.query_params["lang"], app.session_state["ratio"] = "en", ratio
    assert app.run().markdown[0].value == words


def test_a_network_without_trained_weights_is_not_drawn() -> None:
    app = start(depth_state="trained")
    assert charts(app) == 0
    assert "no trained weights of Plain-18" in said(app)
