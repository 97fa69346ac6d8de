"""The activations page in a test, opened by a link as a visitor's browser has it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from streamlit.testing.v1 import AppTest

APP = Path(__file__).parents[2] / "app.py"


def opened(query: Mapping[str, str], **state: object) -> AppTest:
    """The page after its first run, with the parameters of a URL, in English unless they say more, and session state."""
    app = AppTest.from_file(str(APP), default_timeout=120)
    for name, value in state.items():
        app.session_state[name] = value
    for name, value in ({"lang": "en"} | dict(query)).items():
        app.query_params[name] = value
    app.run()
    app.switch_page("resnet_viz/pages/activations.py").run()
    assert not app.exception
    return app


def said(app: AppTest, *kinds: str) -> str:
    """What the elements of these kinds say, one to a line."""
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))
