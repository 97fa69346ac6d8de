"""The view Lesions: cut blocks, take out random ones, or change the picture, and see what of the answer is left."""

from __future__ import annotations

import streamlit as st

from resnet_viz.analysis.lesions import possible
from resnet_viz.networks.catalog import spec
from resnet_viz.ui.activations.run import Result
from resnet_viz.ui.choices import choose
from resnet_viz.ui.lesions.cut import cut_blocks
from resnet_viz.ui.lesions.picture import change_picture
from resnet_viz.ui.lesions.random_blocks import random_blocks
from resnet_viz.ui.state import t

WHAT = ("cut", "random", "picture")


def lesions(result: Result, place: str) -> None:
    """Draw the view for the selected place."""
    what = choose(t("lesions.what.label"), WHAT, key="lesion", name=lambda id: t(f"lesions.what.{id}"), in_url=True)
    if what == "picture":
        change_picture(result, place)
    elif not possible(result.plan):
        st.info(t("lesions.no_blocks", network=spec(result.plan.network).title), icon=":material/info:")
    elif what == "random":
        random_blocks(result)
    else:
        cut_blocks(result, place)
