"""A block's equation in numbers: how large F(x) and the shortcut are, how they lie, and that both sides are equal."""

from __future__ import annotations

import streamlit as st

from resnet_viz.analysis.block_summary import BlockSummary
from resnet_viz.networks.catalog import spec
from resnet_viz.report import block_words
from resnet_viz.ui.activations.run import Result
from resnet_viz.ui.facts import facts
from resnet_viz.ui.state import language, prose


def equation(result: Result, found: BlockSummary) -> None:
    """Draw the numbers of one block, and say in words what they mean."""
    st.markdown(f"**{spec(result.plan.network).title}: {found.block.name} ({found.block.label})**")
    facts(block_words.equation(language(), found))
    st.caption(prose([*block_words.meaning(language(), found), block_words.check(language(), found)]))
