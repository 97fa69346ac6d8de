"""The inside of a block on the visitor's picture: the block itself, its part in a class's logit, and all layers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from resnet_viz.analysis.dissection import block_around, dissected_blocks
from resnet_viz.records import Blueprint
from resnet_viz.ui.activations.run import Result
from resnet_viz.ui.choices import choose
from resnet_viz.ui.dissection.inside import inside
from resnet_viz.ui.dissection.layers import layers
from resnet_viz.ui.dissection.logit import logit
from resnet_viz.ui.state import t

PARTS: Mapping[str, Callable[[Result, str], None]] = {"inside": inside, "logit": logit, "layers": layers}
"""id -> function(result, block): the chosen one alone is computed."""


def block(result: Result, place: str) -> None:
    """Draw the view of the block at or around a place; what the network has no block for is said."""
    plan = result.plan
    blocks = dissected_blocks(plan)
    if not blocks:
        st.info(t("inside_block.no_blocks"), icon=":material/info:")
        layers(result, place)
        return
    residual = any(found.shortcut != "none" for found in blocks)
    parts = tuple(part for part in PARTS if residual or part != "logit")
    part = choose(
        t("inside_block.part.label"), parts, key="inside", name=lambda id: t(f"inside_block.part.{id}"), in_url=True
    )
    shown = block_around(plan, blocks, place)
    if part != "layers" and not _within(plan, shown, place):
        st.caption(t("inside_block.nearest", place=place, block=shown))
    PARTS[part](result, place if part == "layers" else shown)


def _within(plan: Blueprint, block: str, place: str) -> bool:
    return place == block or place in plan.block(block).layers
