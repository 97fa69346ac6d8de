"""Why this class: maps of what speaks for it, at any place of the network or on the pixels themselves."""

from __future__ import annotations

import streamlit as st

from resnet_viz.ui.activations.run import Result
from resnet_viz.ui.state import t
from resnet_viz.ui.why.cells import cells
from resnet_viz.ui.why.choice import PIXEL_METHODS, choice_input, method_about
from resnet_viz.ui.why.pixels import pixels


def why(result: Result, place: str) -> None:
    """Draw the choice of method and class, and what it finds."""
    choice = choice_input(result)
    st.markdown(method_about(choice.method))
    if result.loaded.info.trained_on == "nothing":
        st.caption(t("why.untrained"))
    if choice.method in PIXEL_METHODS:
        pixels(result, choice)
    else:
        cells(result, place, choice)
