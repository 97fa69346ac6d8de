"""The compare page as a visitor without a mouse has it: its views, two blueprints, and what they differ in."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from resnet_viz.lang import text

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
    ("view", "drawn"),
    [("side", "compare_image.title"), ("depth", "depth.shattered.title"), ("train", "train.title")],
)
def test_a_link_opens_its_view(view: str, drawn: str, lang: str) -> None:
    app = start(view=view, lang=lang)
    assert app.title[0].value == text(lang, "compare.title")  # type: ignore[arg-type]
    headings = [element.value for kind in ("header", "subheader") for element in app.get(kind)]
    assert text(lang, drawn) in headings  # type: ignore[arg-type]
    assert not app.error
