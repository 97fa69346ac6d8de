"""The chain and the fully connected network: what can be set, and that sentences say what the numbers do."""

from __future__ import annotations

import math
import re

import pytest
from streamlit.testing.v1 import AppTest

WAIT = 60


def section() -> None:
    """What AppTest runs."""
    from resnet_viz.ui.compare.chain import four_layers
    from resnet_viz.ui.compare.stack import fully_connected

    four_layers()
    fully_connected()


def start(language: str = "en") -> AppTest:
    app = AppTest.from_function(section, default_timeout=WAIT)
    app.query_params["lang"] = language
    app.run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    return "\n".join(str(element.value) for kind in ("markdown", "caption", "latex") for element in app.get(kind))


def test_it_starts_with_weights_of_one() -> None:
    app = start()
    assert app.slider(key="chain_w2").value == 1 and app.slider(key="chain_b2").value == 0
    slopes, a = [], 0.5
    for _ in range(4):
        a = 1 / (1 + math.exp(-a))
        slopes.append(a * (1 - a))
    assert f"**falls to 1/{1 / math.prod(slopes[:3]):.1f}**" in said(app)
    assert "Weights greater than 4 in size among the three that it passes: 0." in said(app)


@pytest.mark.parametrize(
    ("preset", "outcome"),
    [
        ("steepest", "**falls to 1/64**"),
        ("even", "stays the same"),
        ("explodes", "**grows 125-fold**"),
        ("saturated", "Weights greater than 4 in size among the three that it passes: 3."),
    ],
)
def test_presets_set_the_sliders_and_say_what_comes_out(preset: str, outcome: str) -> None:
    app = start()
    app.button(key=f"chain_preset_{preset}").click().run()
    assert not app.exception
    assert outcome in said(app)


def test_a_slider_moves_one_number_of_the_formula() -> None:
    app = start()
    app.button(key="chain_preset_steepest").click().run()
    app.slider(key="chain_w4").set_value(-2).run()
    assert r"w_4\,\sigma'(z_3) & = (-2) \cdot" in said(app)
    app.slider(key="chain_w4").set_value(0).run()
    assert "lets nothing through" in said(app)


def test_the_visitor_is_told_what_a_stack_does() -> None:
    app = start()
    assert "**Explodes, with shortcuts**: over 20 layers" in said(app)
    assert "**Holds, without shortcuts**: over 20 layers" in said(app)
    assert "theory says 1:" in said(app)
    app.session_state["wished_chain_activation"] = "sigmoid"
    app.session_state["wished_chain_start"] = "xavier"
    app.run()
    assert "**Vanishes, without shortcuts**: over 20 layers" in said(app)
    assert "theory says" not in said(app)


def test_one_kind_alone() -> None:
    app = start()
    app.session_state["wished_chain_kinds"] = "plain"
    app.run()
    assert "with shortcuts**" not in said(app)
    assert app.slider(key="chain_beta").disabled
    percent, low, high = re.findall(r"falls to ([\d.]+) % \(seeds: times ([\d.]+) to ([\d.]+)\)", said(app))[0]
    assert float(low) < float(percent) / 100 < float(high)


def test_a_stack_is_in_the_link() -> None:
    app = AppTest.from_function(section, default_timeout=WAIT)
    for name, value in {"lang": "en", "chain_depth": "50", "chain_activation": "tanh", "chain_beta": "0.5"}.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    assert "over 50 layers" in said(app) and app.slider(key="chain_beta").value == 0.5
    app.slider(key="chain_gain").set_value(1.5).run()
    assert app.session_state["address"]["chain_gain"] == "1.5"


def test_a_deep_stack_of_another_seed_in_chinese() -> None:
    app = start("zh")
    app.slider(key="chain_depth").set_value(100)
    app.number_input(key="chain_seed").set_value(7).run()
    assert not app.exception
    assert "种子 7 到 11" in said(app) and "经过 100 层" in said(app)


def test_the_table_is_computed_once_it_is_opened() -> None:
    app = start()
    assert not app.dataframe
    app.session_state["chain_table"] = True
    app.run()
    assert not app.exception
    frame = app.dataframe[0].value
    assert list(frame.columns) == ["4 layers", "10 layers", "20 layers", "50 layers"]
    assert list(frame.index)[4:] == ["ReLU, 1.5 × He", "tanh, Xavier, shortcuts", "ReLU, He, shortcuts"]
    assert frame.loc["sigmoid, Xavier", "50 layers"].endswith("× 10⁻³²")
