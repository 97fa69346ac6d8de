"""The rule by which papers count depth, shown on a network stage by stage."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from resnet_viz.analysis.family import FAMILY, DepthPart, depth_parts
from resnet_viz.blueprint import blueprint
from resnet_viz.networks.catalog import spec
from resnet_viz.records import Blueprint
from resnet_viz.ui.address import leave_for
from resnet_viz.ui.choices import choose, chosen, remember
from resnet_viz.ui.state import DEFAULT_NETWORK, NETWORK_KEY, PLACE_KEY, prose, t

NAMES = tuple(origin.network for origin in FAMILY)
_KEY = "counted"
_WIDTH = 620
"""Pixels: a wider table takes its three columns apart."""


def counted_network() -> str:
    """The network whose depth is shown in parts."""
    return chosen(_KEY, NAMES, default=DEFAULT_NETWORK)


def show_counted(network: str) -> None:
    """Show another. Call it from a callback."""
    remember(_KEY, network, default=DEFAULT_NETWORK)


def counted() -> None:
    """Draw the rule, the choice of a network, and its sum."""
    st.subheader(t("networks.counted.title"), anchor=False)
    st.markdown(t("networks.counted.about"))
    network = depth_in_parts()
    st.button(
        t("networks.counted.open", network=spec(network).title),
        icon=":material/account_tree:",
        key="counted_open",
        on_click=leave_for,
        args=("architecture", {NETWORK_KEY: None if network == DEFAULT_NETWORK else network, PLACE_KEY: None}),
    )


def depth_in_parts() -> str:
    """Draw the choice of a network and its depth stage by stage. Returns its name."""
    network = choose(
        t("networks.network"), NAMES, key=_KEY, name=lambda name: spec(name).title, in_url=True, default=DEFAULT_NETWORK
    )
    plan = blueprint(network, spec(network).default_size)
    parts = depth_parts(plan)
    with st.container(width=_WIDTH):
        st.table(_frame(parts))
    st.caption(prose([t("networks.counted.look"), *_said(plan, parts)]))
    return network


def _frame(parts: tuple[DepthPart, ...]) -> pd.DataFrame:
    rows = [(_stage(part), len(part.counted), len(part.beside)) for part in parts]
    rows.append((t("networks.counted.sum"), sum(row[1] for row in rows), sum(row[2] for row in rows)))
    names = t("architecture.stage"), t("networks.counted.on_path"), t("networks.counted.beside")
    return pd.DataFrame(
        [(stage, str(on_path), str(beside or "–")) for stage, on_path, beside in rows], columns=names
    ).set_index(names[0])


def _stage(part: DepthPart) -> str:
    return t("architecture.head_short") if part.stage is None else str(part.stage)


def _said(plan: Blueprint, parts: tuple[DepthPart, ...]) -> list[str]:
    """The sum, and what it leaves out."""
    title = spec(plan.network).title
    terms = " + ".join(str(len(part.counted)) for part in parts)
    said = [t("networks.counted.result", network=title, terms=terms, depth=plan.depth)]
    beside = [place for part in parts for place in part.beside]
    if not beside:
        return [*said, t("networks.counted.all_on_path")]
    projections = {place for block in plan.blocks for place in block.projection}
    key = "projections" if projections.issuperset(beside) else "branches"
    return [*said, t(f"networks.counted.{key}", count=len(beside), first=beside[0], last=beside[-1])]
