"""A fully connected network of any depth on the page: what start, activation and shortcuts do to its gradient."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

import streamlit as st

from resnet_viz.analysis.fully_connected import (
    BATCH,
    SEEDS,
    VARIANCES,
    WIDTH,
    Activation,
    Measured,
    Shortcut,
    Stack,
    Start,
    as_csv,
)
from resnet_viz.analysis.numbers import magnitude
from resnet_viz.figures.signal import Curve, Point, layer_chart
from resnet_viz.ui.cache import stack_flow
from resnet_viz.ui.choices import choose, slide, whole_number
from resnet_viz.ui.compare.signal_words import fold
from resnet_viz.ui.compare.stack_table import ACTIVATION_NAMES, START_NAMES, table
from resnet_viz.ui.errors import guard
from resnet_viz.ui.state import prose, t
from resnet_viz.ui.take_away.files import download_csv

Kinds = Literal["both", "plain", "residual"]

DEEPEST = 100

_BUTTONLESS = {"displayModeBar": False}


def fully_connected() -> None:
    """Draw the section: what the networks are, and the networks."""
    st.subheader(t("chain.net.title"), anchor=False)
    any_depth()


@st.fragment
@guard()
def any_depth(first: Kinds = "both") -> None:
    """Draw choices (`first` until one is chosen), signal and gradient by layer, what came out, and a table."""
    st.markdown(t("chain.net.about", width=WIDTH))
    stacks, seed = _choices(first)
    with st.spinner(t("chain.net.running")):
        found = {stack: stack_flow(stack, seed) for stack in stacks}
    st.caption(t("chain.net.provenance", first=seed, last=seed + SEEDS - 1, batch=BATCH))
    _charts(found)
    for stack, one in found.items():
        st.markdown(_outcome(stack, one))
    _remarks(found)
    download_csv(as_csv(found), "fully-connected", "csv_stack", t("chain.net.csv"))
    table()


def _choices(first: Kinds) -> tuple[list[Stack], int]:
    """The networks that are chosen, the one with shortcuts first, and the first seed."""
    activations, starts, kinds = get_args(Activation), get_args(Start), get_args(Kinds)
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        activation: Activation = choose(
            t("chain.net.activation"),
            activations,
            key="chain_activation",
            name=ACTIVATION_NAMES.__getitem__,
            default="relu",
            in_url=True,
        )
        start: Start = choose(
            t("chain.net.start"), starts, key="chain_start", name=START_NAMES.__getitem__, default="he", in_url=True
        )
        shown: Kinds = choose(
            t("chain.net.kinds"),
            kinds,
            key="chain_kinds",
            name=lambda id: t(f"chain.kind_names.{id}"),
            default=first,
            in_url=True,
        )
    with st.grid(4, min_column_width=150):
        depth = slide(t("chain.net.depth"), key="chain_depth", low=2, high=DEEPEST, default=20, step=1, format="%d")
        gain = slide(
            t("chain.net.gain"),
            key="chain_gain",
            low=0.5,
            high=2,
            default=1,
            step=0.05,
            format="%.2f",
            help=t("chain.net.gain_help"),
        )
        beta = slide(
            t("chain.net.beta"),
            key="chain_beta",
            low=0,
            high=1,
            default=1,
            step=0.01,
            format="%.2f",
            help=t("chain.net.beta_help"),
            disabled=shown == "plain",
        )
        seed = whole_number(t("chain.net.seed"), key="chain_seed", default=0, low=0, high=10**6)
    wanted: tuple[Shortcut, ...] = ("residual", "plain") if shown == "both" else (shown,)
    return [
        Stack(activation, start, gain, kind, beta if kind == "residual" else 1.0, round(depth)) for kind in wanted
    ], seed


def _charts(found: Mapping[Stack, Measured]) -> None:
    with st.grid(2, min_column_width=300):
        with st.container():
            _chart("signal", {stack: one.signal for stack, one in found.items()})
            results = [
                t("chain.net.signal_result", network=_name(stack), change=fold(one.signal[-1]))
                for stack, one in found.items()
            ]
            st.caption(prose([t("chain.net.signal_look"), *results]))
        with st.container():
            _chart("gradient", {stack: one.gradient for stack, one in found.items()})
            factors = [
                t("chain.net.factor", each=magnitude(one.each), network=_name(stack)) for stack, one in found.items()
            ]
            st.caption(t("chain.net.gradient_look", factors=tuple(factors)))


def _chart(what: Literal["signal", "gradient"], values: Mapping[Stack, tuple[float, ...]]) -> None:
    title = t(f"chain.net.{what}_title")
    curves = [
        Curve(
            _name(stack),
            stack.kind,
            tuple(
                Point(layer, t("chain.net.place", layer=layer), value, True)
                for layer, value in enumerate(values[stack])
            ),
        )
        for stack in values
    ]
    figure = layer_chart(curves, title=title, x_title=t("chain.net.layer_axis"), log=True)
    st.plotly_chart(figure, key=f"chain_{what}", config=_BUTTONLESS, alt=title)


def _outcome(stack: Stack, one: Measured) -> str:
    """What the gradient did, with the spread of the seeds."""
    return t(
        f"chain.net.{one.verdict}",
        network=_name(stack),
        depth=stack.depth,
        change=fold(one.ratio),
        low=magnitude(one.low),
        high=magnitude(one.high),
    )


def _remarks(found: Mapping[Stack, Measured]) -> None:
    """What theory says of a plain ReLU network, and what a shortcut costs."""
    for stack, one in found.items():
        if stack.kind == "residual" and one.verdict == "explodes":
            st.markdown(t("chain.net.added", beta=magnitude(1 / stack.depth)))
        if stack.expected is not None:
            half = stack.gain**2 * VARIANCES[stack.start] / 2
            values = {"half": magnitude(half), "expected": magnitude(stack.expected), "ratio": magnitude(one.ratio)}
            st.markdown(t("chain.net.expected", **values))


def _name(stack: Stack) -> str:
    return t(f"chain.net.{stack.kind}")
