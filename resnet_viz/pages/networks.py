"""The networks page: how deep networks got, and what they hand out to detectors and segmenters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import streamlit as st

from resnet_viz.ui.choices import choose
from resnet_viz.ui.errors import guard
from resnet_viz.ui.networks.history import history
from resnet_viz.ui.networks.side_outputs import outputs
from resnet_viz.ui.state import t

# The views by their ids in the URL. Text on a line of its own, such as a docstring here, would be shown on the page.
VIEWS: Mapping[str, Callable[[], None]] = MappingProxyType({"history": history, "outputs": outputs})


def page() -> None:
    """Draw the chosen view; the other is not computed."""
    st.title(t("networks.title"), anchor=False)
    st.markdown(t("networks.lead"))
    view = choose(
        t("networks.view"), tuple(VIEWS), key="family", name=lambda view: t(f"networks.views.{view}"), in_url=True
    )
    with guard():
        VIEWS[view]()


page()
