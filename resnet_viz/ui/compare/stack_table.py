"""Seven fully connected networks at four depths: how much of the gradient comes back, in one table."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from resnet_viz.analysis.fully_connected import DEPTHS, SEEDS, SETTINGS, Activation, Stack, Start
from resnet_viz.analysis.numbers import magnitude
from resnet_viz.ui.cache import stack_ratios
from resnet_viz.ui.state import t
from resnet_viz.ui.take_away.files import download_csv

ACTIVATION_NAMES: Mapping[Activation, str] = {"sigmoid": "sigmoid", "tanh": "tanh", "relu": "ReLU"}
START_NAMES: Mapping[Start, str] = {"xavier": "Xavier", "he": "He"}


def table() -> None:
    """Draw the table in an expander; it is computed once that is opened."""
    opened = st.expander(t("chain.table.title"), key="chain_table", on_change="rerun")
    with opened:
        if not opened.open:
            return
        st.markdown(t("chain.table.about", last=SEEDS - 1))
        with st.spinner(t("chain.table.running", seeds=SEEDS)):
            found = stack_ratios()
        names = pd.Index([stack_name(SETTINGS[name]) for name in found], name=t("chain.table.network"))
        depths = [t("chain.table.layers", depth=depth) for depth in DEPTHS]
        frame = pd.DataFrame(list(found.values()), index=names, columns=depths)
        st.dataframe(frame.map(magnitude), alt=t("chain.table.title"))
        download_csv(frame.to_csv(), "gradient-ratios", "csv_stack_table", t("chain.table.csv"))


def stack_name(stack: Stack) -> str:
    """A network in words: `ReLU, 1.5 × He, shortcuts`."""
    named = {"activation": ACTIVATION_NAMES[stack.activation], "start": START_NAMES[stack.start]}
    plain = t("chain.table.name", **named) if stack.gain == 1 else t("chain.table.name_gain", gain=stack.gain, **named)
    return t("chain.table.with_shortcut", name=plain) if stack.kind == "residual" else plain
