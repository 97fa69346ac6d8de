"""Which convolution is looked at: the selected one, or the nearest before what is selected."""

from __future__ import annotations

import streamlit as st

from resnet_viz.analysis.convolutions import convolution_behind, convolutions_near
from resnet_viz.records import Blueprint
from resnet_viz.ui.state import select_place, t

_KEY = "convolution"


def conv_choice(plan: Blueprint, place: str) -> str:
    """Draw the choice among the convolutions of a block, or of a stage; it selects the place. Returns the one on show."""
    conv = convolution_behind(plan, place)
    st.session_state[_KEY] = conv

    def chosen() -> None:
        select_place(st.session_state[_KEY])

    st.selectbox(
        t("channels.conv.label"),
        convolutions_near(plan, conv),
        key=_KEY,
        format_func=lambda name: _title(plan, name),
        on_change=chosen,
        help=t("channels.conv.help"),
    )
    if conv != place:
        st.caption(t("channels.conv.instead", place=place, conv=conv))
    return conv


def _title(plan: Blueprint, conv: str) -> str:
    """`layer1.0.conv2 · 3x3, 64 → 64`."""
    layer = plan.layer(conv)
    (_, shape), *_ = layer.param_shapes
    return f"{conv} · {shape[2]}x{shape[3]}, {layer.input_shapes[0][0]} → {shape[0]}"
