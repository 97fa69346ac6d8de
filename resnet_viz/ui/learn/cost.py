"""Figures of the lesson on cost: a bottleneck beside two 3x3 convolutions, and ResNet-50 beside its first version."""

from __future__ import annotations

import streamlit as st

from resnet_viz.analysis.block_lab import compare
from resnet_viz.analysis.block_numbers import BlockNumbers, numbers_of
from resnet_viz.networks.catalog import spec
from resnet_viz.ui.blocks.why import bars, ratios, silhouettes
from resnet_viz.ui.cache import alignment
from resnet_viz.ui.choices import choose, chosen
from resnet_viz.ui.compare.diagrams import two_diagrams
from resnet_viz.ui.compare.places import Selection
from resnet_viz.ui.compare.totals import totals
from resnet_viz.ui.learn.whole_network import lesson_plan, shown_place
from resnet_viz.ui.state import DEFAULT_NETWORK, t

FIRST_VERSION = "resnet50-v1"
COST_KEY = "cost_block"
_DEFAULT = "layer1.1"
_STRIDED = "layer2.0"
"""The first block in which the versions differ."""


def _different() -> dict[str, BlockNumbers]:
    """The first block of each design and size, by its place."""
    found: dict[BlockNumbers, str] = {}
    for block in lesson_plan().blocks:
        found.setdefault(numbers_of(block), block.name)
    return {name: numbers for numbers, name in found.items()}


def cost_bars() -> None:
    """What a block of ResNet-50 costs, and what two 3x3 convolutions would; the block is the visitor's choice."""
    blocks = _different()
    name = choose(
        t("learn_architecture.cost.block"),
        tuple(blocks),
        key=COST_KEY,
        name=str,
        default=_DEFAULT,
    )
    st.caption(f"{blocks[name].label} {blocks[name].text}")
    found = compare(blocks[name])
    ratios(found)
    bars(found)
    st.caption(t("blocks.why.counting"))


def cost_arithmetic() -> None:
    """The same two blocks with every factor written out."""
    blocks = _different()
    name = chosen(COST_KEY, tuple(blocks), default=_DEFAULT)
    st.caption(t("learn_architecture.cost.about", block=name, numbers=f"{blocks[name].label} {blocks[name].text}"))
    silhouettes(blocks[name])


@st.fragment
def cost_versions() -> None:
    """The block in which the two versions first differ, and what all such blocks add up to."""
    size = spec(DEFAULT_NETWORK).default_size
    found = alignment(DEFAULT_NETWORK, FIRST_VERSION, (size, size))
    place = shown_place(found.left)
    place = place if place in found.left.block(_STRIDED).layers else _STRIDED
    two_diagrams(found, Selection("left", (place, place)), "block")
    totals(found)
