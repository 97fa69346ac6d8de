"""Figures of the lessons that hide what is to be predicted: shapes of the stem and of blocks, and claims."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from resnet_viz.analysis.myths import MYTHS
from resnet_viz.lang import text

APP = Path(__file__).parents[3] / "app.py"


def lesson(name: str) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=120)
    app.query_params.update({"lang": "en", "lesson": name, "size": "64"})
    app.run()
    app.switch_page("resnet_viz/pages/learn.py")
    return app.run()


def said(app: AppTest) -> str:
    return "\n".join(
        element.value for kind in ("markdown", "caption", "success", "warning") for element in app.get(kind)
    )


def test_shapes_of_the_stem_are_hidden_until_they_are_revealed_one_by_one() -> None:
    app = lesson("stem")
    assert "64x112x112" not in said(app)
    app.button(key="stem_reveal").click().run()
    assert "### 64x112x112" in said(app) and "= 112$" in said(app)
    assert "### 64x56x56" not in said(app)
    for _ in range(3):
        app.button(key="stem_reveal").click().run()
    assert "### 64x56x56" in said(app)
    app.number_input(key="stem_size").set_value(100).run()
    assert "### 64x25x25" in said(app)
    app.button(key="stem_hide").click().run()
    assert "64x25x25" not in said(app)


def test_a_predicted_shape_is_judged_and_the_inside_shown_when_it_is_right() -> None:
    app = lesson("stages")
    for typed, code in (("512x56x56", "sides"), ("256x28x28", "channels"), ("128x56x56", "both")):
        predict(app, typed)
        assert text("en", f"learn_architecture.predict.wrong_{code}") in said(app)
    assert "### 512x28x28" not in said(app) and not app.table
    predict(app, "512 x 28 x 28")
    assert text("en", "learn_architecture.predict.right", shape="512x28x28") in said(app)
    assert "downsample.0" in app.table[0].value.to_string()
    app.button(key="predict_next").click().run()
    assert text("en", "learn_architecture.predict.entry", block="layer2.1", shape="512x28x28") in said(app)
    app.button(key="predict_reveal").click().run()
    assert "128x28x28" in app.table[0].value.to_string()


def predict(app: AppTest, typed: str) -> None:
    app.text_input(key="predict_typed 224 layer2.0").input(typed)
    next(
        button for button in app.button if button.label == text("en", "learn_architecture.predict.check")
    ).click().run()


def test_claims_are_closed_and_every_one_can_be_opened() -> None:
    app = lesson("myths")
    assert [claim.label for claim in app.expander][: len(MYTHS)] == [
        f"{number}. {text('en', f'myths.{myth.code}.claim')}" for number, myth in enumerate(MYTHS, 1)
    ]
    assert text("en", "myths.fails") not in said(app)
    app.session_state["myth_convolutions"] = True
    app.run()
    assert text("en", "myths.depends") in said(app)
    assert "There are **53**" in said(app)
