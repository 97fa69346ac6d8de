"""A block's equation in numbers: how large F(x) and the shortcut are, how they lie, and that both sides are equal."""

from __future__ import annotations

import math

import streamlit as st

from resnet_viz.analysis.block_summary import BlockSummary
from resnet_viz.analysis.dissection import Norms
from resnet_viz.figures.overlays import number
from resnet_viz.networks.catalog import spec
from resnet_viz.ui.activations.run import Result
from resnet_viz.ui.facts import facts
from resnet_viz.ui.state import prose, t

_ACROSS = 0.1
"""A cosine nearer to zero than this is an angle of 84 to 96 degrees."""


def equation(result: Result, found: BlockSummary) -> None:
    """Draw the numbers of one block, and say in words what they mean."""
    st.markdown(f"**{spec(result.plan.network).title}: {found.block.name} ({found.block.label})**")
    rows = []
    if found.norms is not None:
        rows = [
            (t("inside_block.equation.branch"), number(found.norms.branch)),
            (t(f"inside_block.equation.{found.block.shortcut}"), number(found.norms.shortcut)),
            (t("inside_block.equation.ratio"), _or_none(found.norms.ratio)),
            (t("inside_block.equation.cosine"), _or_none(found.norms.cosine)),
        ]
    facts([*rows, (t("inside_block.equation.error"), number(found.error))])
    meaning = [] if found.norms is None else _meaning(found.norms)
    st.caption(prose([*meaning, _check(found)]))


def _meaning(found: Norms) -> list[str]:
    said = []
    if not math.isnan(found.ratio):
        said.append(t("inside_block.equation.less" if found.ratio < 1 else "inside_block.equation.more"))
    if not math.isnan(found.cosine):
        kind = "across" if abs(found.cosine) < _ACROSS else "along" if found.cosine > 0 else "against"
        said.append(t(f"inside_block.equation.{kind}"))
    return said


def _check(found: BlockSummary) -> str:
    formula = "relu(F(x))" if found.norms is None else "relu(F(x) + shortcut)"
    key = "exact" if found.error == 0 else "near"
    values = {"formula": formula, "units": f"{found.output.units:,}", "largest": number(found.largest)}
    return t(f"inside_block.equation.{key}", **values, error=number(found.error))


def _or_none(value: float) -> str:
    return "–" if math.isnan(value) else number(value)
