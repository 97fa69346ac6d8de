"""The kernels of a convolution: in colour where they read the picture, else as maps of their weights."""

from __future__ import annotations

import streamlit as st

from resnet_viz.analysis.convolutions import Convolution, Weights, convolution
from resnet_viz.analysis.numbers import count
from resnet_viz.analysis.rows import shape_text
from resnet_viz.analysis.scripts_channels import weights_lines
from resnet_viz.ui.activations.run import Result, tensor_at
from resnet_viz.ui.channels.channel import channel_input
from resnet_viz.ui.channels.conv_choice import conv_choice
from resnet_viz.ui.channels.filters import filters
from resnet_viz.ui.channels.kernels import kernels, matrix
from resnet_viz.ui.state import prose, t
from resnet_viz.ui.take_away.copy import copy_as_pytorch, opening
from resnet_viz.ui.take_away.files import download_npz


def weights(result: Result, place: str) -> None:
    """Draw the kernels of the convolution at a place, or of the nearest one before it."""
    with st.container(horizontal=True, gap="medium"):
        with st.container(width=420):
            name = conv_choice(result.plan, place)
        with st.container(width=220):
            channel = channel_input(tensor_at(result, name), t("channels.weights.channel"))
    found = convolution(result.loaded.program, name)
    st.markdown(_about(result, found))
    _draw(found, channel)
    with st.container(horizontal=True, gap="small"):
        download_npz(lambda: _arrays(found), f"{result.plan.network}-{name}-weights", "weights_npz")
    lines = weights_lines(found, channel)
    copy_as_pytorch(opening(result) + lines, f"{result.plan.network}-{name}-weights")


def _draw(found: Convolution, channel: int) -> None:
    if found.weight.shape[1] in (1, 3) and found.size != (1, 1):
        filters(found, channel)
    else:
        matrix(found)
        kernels(found, channel)


def _about(result: Result, found: Convolution) -> str:
    outputs, inputs, *_ = found.weight.shape
    said = [
        t(
            "channels.weights.about",
            place=found.place,
            shape=shape_text(found.weight.shape),
            outputs=outputs,
            inputs=inputs,
            size=shape_text(found.size),
            weights=count(found.weight.size),
        )
    ]
    if result.loaded.info.trained_on == "nothing":
        said.append(t("channels.weights.untrained"))
    return prose(said)


def _arrays(found: Convolution) -> dict[str, Weights]:
    return {"weight": found.weight} | ({} if found.bias is None else {"bias": found.bias})
