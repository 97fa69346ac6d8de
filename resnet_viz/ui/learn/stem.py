"""Figures of the lesson on stage 0: its shapes to predict at any input size, and its filters on the reader's picture."""

from __future__ import annotations

import streamlit as st
from torch import Tensor

from resnet_viz.analysis.convolutions import convolution
from resnet_viz.analysis.heatmaps import limits, reduce, to_uint8
from resnet_viz.analysis.numbers import count, short
from resnet_viz.analysis.rows import shape_text
from resnet_viz.figures.gallery import filter_tile
from resnet_viz.figures.operations import operation_title
from resnet_viz.figures.overlays import alone
from resnet_viz.figures.palette import colour_map
from resnet_viz.learn import formulas
from resnet_viz.learn.trail import window
from resnet_viz.networks.catalog import spec
from resnet_viz.records import LayerRecord
from resnet_viz.ui.channels.channel import chosen_channel
from resnet_viz.ui.channels.filters import filter_sheet
from resnet_viz.ui.choices import whole_number
from resnet_viz.ui.compare.picture import compared_picture, pair, provenance
from resnet_viz.ui.compare.runs import Side, output, run_residual
from resnet_viz.ui.learn.whole_network import lesson_plan
from resnet_viz.ui.state import DEFAULT_NETWORK, t

SIZE_KEY = "stem_size"
_REVEALED = "stem_revealed"
"""Session key of how many of the shapes are to be seen."""
_UNKNOWN = "?"
_SHEET = 510
"""Pixels of the filters' height: five rows of them; on a phone they scroll."""
_SIDE = 224
"""Pixels of a map."""


@st.fragment
def stem_shapes() -> None:
    """The operations of stage 0 in a row; what each gives is hidden until it is asked for."""
    network = spec(DEFAULT_NETWORK)
    size = whole_number(
        t("learn_architecture.stem.size"),
        key=SIZE_KEY,
        default=network.default_size,
        low=network.min_size,
        high=network.max_size,
        width=180,
    )
    plan = lesson_plan(size)
    layers = [plan.layer(name) for name in plan.stages[0].layers]
    seen = min(int(st.session_state.get(_REVEALED, 0)), len(layers))
    with st.grid(len(layers), min_column_width=215):
        for number, layer in enumerate(layers):
            with st.container(border=True, height="stretch"):
                _operation(layer, revealed=number < seen, entry=number <= seen)
    with st.container(horizontal=True):
        if seen < len(layers):
            following = t("learn_architecture.stem.reveal", name=layers[seen].name)
            st.button(following, type="primary", key="stem_reveal", on_click=_see, args=(seen + 1,))
        if seen:
            st.button(t("learn_architecture.stem.hide"), key="stem_hide", on_click=_see, args=(0,))


def _see(number: int) -> None:
    st.session_state[_REVEALED] = number


def _operation(layer: LayerRecord, *, revealed: bool, entry: bool) -> None:
    """One operation: what comes in as far as it is known, how the side is worked out, what comes out."""
    st.markdown(f"**{operation_title(layer)}** `{layer.name}`")
    came = shape_text(layer.input_shapes[0]) if entry else _UNKNOWN
    st.caption(t("learn_architecture.stem.entry", shape=came))
    slides = window(layer)
    if slides is not None:
        st.markdown(rf"$k = {slides.kernel},\ s = {slides.stride},\ p = {slides.padding}$")
    if not revealed:
        st.markdown(f"### {_UNKNOWN}")
        return
    if slides is not None:
        formula = formulas.window_side(slides.before, slides.kernel, slides.stride, slides.padding, up=slides.up)
        st.markdown(f"${formulas.equals(formula, slides.after)}$")
    st.markdown(f"### {shape_text(layer.output_shape)}")
    st.caption(t("learn_architecture.stem.cost", params=count(layer.params), macs=short(layer.macs)))


@st.fragment
def stem_filters() -> None:
    """The kernels of the first convolution, and what one of them makes of the reader's picture, step by step."""
    networks = pair()
    st.caption(provenance(networks.residual.info))
    prepared = compared_picture("one")
    if prepared is None:
        return
    side = run_residual(networks, prepared)
    first, *_ = names = side.plan.stages[0].layers
    found = convolution(side.loaded.program, first)
    channel = chosen_channel(output(side, names[-1]))
    with st.container(height=_SHEET):
        filter_sheet(found, channel)
    with st.grid(len(names) + 1, min_column_width=130):
        title = t("channels.filters.tile", channel=channel)
        st.image(filter_tile(found.weight[channel], _SIDE), width="stretch", caption=title, alt=title)
        for name in names:
            _map(side, name, output(side, name), channel)
    st.caption(t("learn_architecture.stem.maps", channel=channel))


def _map(side: Side, name: str, tensor: Tensor, channel: int) -> None:
    made = reduce(tensor, name, "channel", channel)
    picture = alone(to_uint8(made, *limits([made])), colour_map(signed=made.signed), side=_SIDE)
    high, wide = made.values.shape
    caption = f"{name} · {high}x{wide}"
    st.image(
        picture, width="stretch", caption=caption, output_format="PNG", alt=f"{side.title} {name} {made.reduction}"
    )
