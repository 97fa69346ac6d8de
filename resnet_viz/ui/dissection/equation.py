"""A block's equation in numbers: how large F(x) and the shortcut are, how they lie, and that both sides are equal."""

from __future__ import annotations

import math

import streamlit as st

from resnet_viz.analysis.dissection import Dissection, norms
from resnet_viz.figures.overlays import number
from resnet_viz.networks.catalog import spec
from resnet_viz.ui.activations_run import Result
from resnet_viz.ui.facts import facts
from resnet_viz.ui.state import prose, t


def equation(result: Result, found: Dissection) -> None:
    """Draw the numbers of one block, and say in words what they mean."""
    st.markdown(f"**{spec(result.plan.network).title}: {found.block.name} ({found.block.label})**")
    rows = []
    if found.shortcut is not None:
        whole = norms(found.branch, found.shortcut)
        rows = [
            (t("inside_block.equation.branch"), number(whole.branch)),
            (t(f"inside_block.equation.{found.block.shortcut}"), number(whole.shortcut)),
            (t("inside_block.equation.ratio"), _or_none(whole.ratio)),
            (t("inside_block.equation.cosine"), _or_none(whole.cosine)),
        ]
    facts([*rows, (t("inside_block.equation.error"), number(found.error))])
    st.caption(prose([*_meaning(found), _check(found)]))


def _meaning(found: Dissection) -> list[str]:
    if found.shortcut is None:
        return []
    whole = norms(found.branch, found.shortcut)
    said = []
    if not math.isnan(whole.ratio):
        said.append(t("inside_block.equation.less" if whole.ratio < 1 else "inside_block.equation.more"))
    if not math.isnan(whole.cosine):
        kind = "across" if abs(whole.cosine) < 0.1 else "along" if whole.cosine > 0 else "against"
        said.append(t(f"inside_block.equation.{kind}"))
    return said


def _check(found: Dissection) -> str:
    formula = "relu(F(x))" if found.shortcut is None else "relu(F(x) + shortcut)"
    key = "exact" if found.error == 0 else "near"
    largest = float(found.values[found.block.output].max())
    values = {"formula": formula, "units": f"{found.branch.numel():,}", "largest": number(largest)}
    return t(f"inside_block.equation.{key}", **values, error=number(found.error))


def _or_none(value: float) -> str:
    return "–" if math.isnan(value) else number(value)
