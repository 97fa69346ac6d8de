"""The classic chain of four sigmoid layers on the page: its numbers set by hand, and the chain rule written out with them."""

from __future__ import annotations

import streamlit as st

from resnet_viz.analysis.chain import LAYERS, PRESETS, STEEPEST, Chain, Derivation, as_csv, derive, sigmoid_slope
from resnet_viz.analysis.chain_formula import MODEL, worked
from resnet_viz.analysis.numbers import magnitude
from resnet_viz.figures.chain import slope_chart
from resnet_viz.figures.signal import Curve, Point, layer_chart
from resnet_viz.ui.compare.signal_words import fold
from resnet_viz.ui.errors import guard
from resnet_viz.ui.state import prose, t
from resnet_viz.ui.take_away.files import download_csv

FIRST = "ordinary"
"""The preset that is shown before anything is set."""

REACH = 20.0
"""Weights and biases go from -REACH to REACH."""

_BUTTONLESS = {"displayModeBar": False}


def four_layers() -> None:
    """Draw the section: what the chain is, and the chain."""
    st.subheader(t("chain.title"), anchor=False)
    st.markdown(t("chain.about"))
    st.latex(MODEL)
    chain()


@st.fragment
@guard()
def chain() -> None:
    """Draw the chain: buttons of the presets, sliders, the chain rule in numbers, two charts, what came out."""
    found = derive(_set_by_hand())
    with st.grid(2, min_column_width=300):
        st.latex(worked(found))
        with st.container(vertical_alignment="center"):
            st.markdown(_outcome(found))
            st.caption(t("chain.why"))
            download_csv(as_csv(found), "chain", "csv_chain", t("chain.csv"))
        with st.container():
            _slopes(found)
        with st.container():
            _gradients(found)


def _set_by_hand() -> Chain:
    """The chain as the sliders have it; above them buttons that set them all."""
    for key, value in _settings(PRESETS[FIRST]).items():
        st.session_state.setdefault(key, value)
    st.caption(t("chain.presets_title"))
    with st.container(horizontal=True, gap="small"):
        for name in PRESETS:
            st.button(t(f"chain.presets.{name}"), key=f"chain_preset_{name}", on_click=_take, args=(name,))
    with st.grid(5, min_column_width=140):
        columns = [st.container() for _ in range(LAYERS + 1)]
    weights, biases = [], []
    for number, column in enumerate(columns[:LAYERS], start=1):
        with column:
            weights.append(_slider(f"w{_below(number)}", f"chain_w{number}", -REACH, REACH, 0.5))
            biases.append(_slider(f"b{_below(number)}", f"chain_b{number}", -REACH, REACH, 0.5))
    with columns[LAYERS]:
        x = _slider(t("chain.x"), "chain_x", -1.0, 1.0, 0.1)
        target = _slider(t("chain.target"), "chain_y", 0.0, 1.0, 0.05)
    return Chain(tuple(weights), tuple(biases), x, target)


def _below(number: int) -> str:
    """A digit as an index: what a formula in a label says, screen readers would spell as LaTeX."""
    return chr(ord("₀") + number)


def _settings(wanted: Chain) -> dict[str, float]:
    """What the sliders' keys have to be for a chain."""
    weights = {f"chain_w{number}": weight for number, weight in enumerate(wanted.weights, start=1)}
    biases = {f"chain_b{number}": bias for number, bias in enumerate(wanted.biases, start=1)}
    return {**weights, **biases, "chain_x": wanted.x, "chain_y": wanted.target}


def _take(name: str) -> None:
    st.session_state.update(_settings(PRESETS[name]))


def _slider(label: str, key: str, low: float, high: float, step: float) -> float:
    return float(st.slider(label, low, high, step=step, key=key, persist_state="session"))


def _slopes(found: Derivation) -> None:
    title = t("chain.slope_title")
    figure = slope_chart(
        [link.z for link in found.links],
        sigmoid_slope,
        title=title,
        curve=t("chain.slope_curve"),
        layer=t("chain.layer_number", layer="{layer}"),
    )
    st.plotly_chart(figure, key="chain_slopes", config=_BUTTONLESS, alt=title)
    slopes = tuple(magnitude(link.slope) for link in found.links)
    st.caption(t("chain.slope_look", slopes=slopes, product=magnitude(found.slopes)))


def _gradients(found: Derivation) -> None:
    title = t("chain.gradient_title")
    points = tuple(
        Point(link.number, t("chain.bias", layer=link.number), abs(link.gradient), True) for link in found.links
    )
    figure = layer_chart(
        [Curve(t("chain.network"), "plain", points)], title=title, x_title=t("chain.layer_axis"), log=True
    )
    st.plotly_chart(figure, key="chain_gradients", config=_BUTTONLESS, alt=title)
    steps = tuple(_signed(step) for step in reversed(found.steps))
    st.caption(t("chain.gradient_look", steps=steps))


def _outcome(found: Derivation) -> str:
    """What the gradient did between the last bias and the first, and what it took."""
    ratio = abs(found.ratio)
    if ratio == 0:
        said = t("chain.blocked")
    elif ratio == 1:
        said = t("chain.even")
    else:
        great = sum(abs(link.weight) > 1 / STEEPEST for link in found.links[1:])
        over = sum(abs(step) > 1 for step in found.steps)
        key = "chain.grows" if ratio > 1 else "chain.shrinks"
        said = t(key, change=fold(ratio), great=great, over=over)
    return said if found.cost_slope else prose([said, t("chain.exact")])


def _signed(value: float) -> str:
    return "0" if value == 0 else f"-{magnitude(-value)}" if value < 0 else magnitude(value)
