"""The figure of the lesson on the residual unit: x and F(x) of a block of ResNet-50 on the reader's picture."""

from __future__ import annotations

import streamlit as st

from resnet_viz.analysis.dissection import dissected_blocks
from resnet_viz.records import LayerRecord
from resnet_viz.ui.activations.input import kept_picture
from resnet_viz.ui.activations.run import Result, run
from resnet_viz.ui.activations.seen import FITS
from resnet_viz.ui.cache import program
from resnet_viz.ui.choices import chosen
from resnet_viz.ui.compare.picture import RESIDUAL_NETWORK, compared_picture
from resnet_viz.ui.dissection.inside import sizes, steps_of
from resnet_viz.ui.dissection.taken_apart import TakenApart
from resnet_viz.ui.errors import guard
from resnet_viz.ui.state import selected, t

FIRST = "layer1.1"
"""The block that is shown before one is chosen: the first whose shortcut is the identity."""


def one_block() -> None:
    """Draw the picture, and the selected block on it."""
    prepared, picture = compared_picture("one"), kept_picture()
    if prepared is None or picture is None:
        return
    with st.spinner(t("activations.running")):
        loaded = program(RESIDUAL_NETWORK)
        result = run(picture, RESIDUAL_NETWORK, prepared.tensor.shape[-1], loaded, chosen("fit", FITS))
    _taken_apart(result)


@st.fragment
@guard()
def _taken_apart(result: Result) -> None:
    place = selected(result.plan)
    record = result.plan.by_place.get(place)
    around = record.block if isinstance(record, LayerRecord) else place
    names = [block.name for block in dissected_blocks(result.plan)]
    block = around if around in names else FIRST
    taken = TakenApart(result, block)
    sizes(result, taken)
    steps_of(result, taken)
