"""The same picture through a residual network and its plain twin: answers, maps, growth of the signal, class maps."""

from __future__ import annotations

import streamlit as st

from resnet_viz.ui.compare.answers import answers
from resnet_viz.ui.compare.growth import grown
from resnet_viz.ui.compare.maps import places
from resnet_viz.ui.compare.pair import about_pair
from resnet_viz.ui.compare.picture import compared_picture, pair
from resnet_viz.ui.compare.runs import Both, run_both
from resnet_viz.ui.state import t


def same_image() -> None:
    """Draw the section."""
    st.header(t("compare_image.title"), anchor=False)
    st.markdown(t("compare_image.lead"))
    both = both_answers()
    if both is not None:
        places(both)
        grown(both)


def both_answers() -> Both | None:
    """Draw what the two networks are, the picture, and their answers. Returns these; None while there is no picture."""
    networks = pair()
    about_pair(networks)
    prepared = compared_picture()
    if prepared is None:
        return None
    with st.spinner(t("compare_image.running")):
        both = run_both(networks, prepared)
    answers(both)
    return both
