"""What goes through, on the first sample image, and shattered gradients: their correlations in numbers."""

from __future__ import annotations

import re

from streamlit.testing.v1 import AppTest


def view() -> None:
    """What AppTest runs."""
    from resnet_viz.ui.compare.shattered import shattered
    from resnet_viz.ui.compare.signal import passes

    passes()
    shattered()


def test_its_sections_and_numbers() -> None:
    app = AppTest.from_function(view, default_timeout=120)
    app.query_params["lang"] = "en"
    app.session_state["wished_depth_state"] = "slim"
    app.run()
    assert not app.exception
    headings = [heading.value for heading in app.subheader]
    assert "What goes through: signal and gradient at each layer" in headings and "Shattered gradients" in headings
    numbers = next(text.value for text in app.markdown if text.value.startswith("Lag-1 autocorrelation"))
    plain, residual, damped = (float(value) for value in re.findall(r"\*\*(-?\d\.\d\d)", numbers.replace("−", "-")))
    assert plain < residual < damped
