"""The blocks page: a bottleneck of the visitor's own numbers, built, drawn, stepped through and compared."""

from __future__ import annotations

import streamlit as st

from resnet_viz.analysis.block_numbers import BlockNumbers, numbers_of, twins
from resnet_viz.blueprint import blueprint
from resnet_viz.errors import NetworkError
from resnet_viz.networks.catalog import spec
from resnet_viz.records import Blueprint
from resnet_viz.ui.blocks.build import build
from resnet_viz.ui.blocks.controls import controls
from resnet_viz.ui.blocks.errors import article_errors
from resnet_viz.ui.blocks.steps import stepped
from resnet_viz.ui.blocks.table import block_table
from resnet_viz.ui.blocks.why import why
from resnet_viz.ui.choices import choose
from resnet_viz.ui.errors import guard
from resnet_viz.ui.state import DEFAULT_NETWORK, current_network, current_size, t

VIEWS = ("build", "table", "code", "why")
VIEW_KEY = "block_view"


def page() -> None:
    """Draw the controls and the chosen view of the block; the other views are not computed."""
    st.title(t("blocks.title"), anchor=False)
    st.markdown(t("blocks.summary", network=spec(DEFAULT_NETWORK).title, count=len(_resnet50().blocks)))
    plan = _bottlenecks()
    numbers = controls(_example())
    _what_the_sidebar_does(plan)
    view = choose(t("blocks.view"), VIEWS, key=VIEW_KEY, name=lambda view: _view_name(view, plan), in_url=True)
    with guard():
        if view == "table":
            block_table(plan, twins(numbers, plan.blocks) if numbers else ())
        elif numbers is not None:
            _view(view, numbers, plan)


def _what_the_sidebar_does(plan: Blueprint) -> None:
    shown = {"view": _view_name("table", plan), "network": spec(plan.network).title, "size": plan.size}
    if plan.network == current_network():
        st.caption(t("blocks.sidebar", **shown))
    else:
        st.caption(t("blocks.sidebar_other", chosen=spec(current_network()).title, **shown))


def _view_name(view: str, plan: Blueprint) -> str:
    return t(f"blocks.views.{view}", count=len(plan.blocks))


def _view(view: str, numbers: BlockNumbers, plan: Blueprint) -> None:
    if view == "build":
        build(numbers, twins(numbers, plan.blocks), spec(plan.network).title)
    elif view == "code":
        stepped(numbers)
        article_errors()
    else:
        why(numbers)


def _bottlenecks() -> Blueprint:
    """The chosen network where it is made of bottlenecks with shortcuts, else ResNet-50."""
    try:
        plan = blueprint(current_network(), current_size())
    except NetworkError:  # a size that the network refuses: its own page says so
        plan = _resnet50()
    return plan if plan.blocks and all(_is_bottleneck(plan, block.name) for block in plan.blocks) else _resnet50()


def _is_bottleneck(plan: Blueprint, name: str) -> bool:
    block = plan.block(name)
    return block.kind == "bottleneck" and block.shortcut != "none"


def _resnet50() -> Blueprint:
    return blueprint(DEFAULT_NETWORK, spec(DEFAULT_NETWORK).default_size)


def _example() -> BlockNumbers:
    """The block to start with: ResNet-50's first that makes the map smaller."""
    return numbers_of(next(block for block in _resnet50().blocks if block.s > 1))


page()
