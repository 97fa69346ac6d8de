"""What passes through networks came to, in sentences that follow from their numbers alone."""

from __future__ import annotations

import math
from collections.abc import Sequence

import streamlit as st

from resnet_viz.analysis.numbers import magnitude
from resnet_viz.analysis.signal import VANISHED
from resnet_viz.networks.normalisation import Normalisation
from resnet_viz.ui.compare.passages import Found
from resnet_viz.ui.state import t

FRACTIONS_END = 1e-5
"""Below this, one divided by a number would itself take a power of ten, which reads as its inverse."""


def signal_text(one: Found) -> str:
    """What became of the signal on its way."""
    return t("depth.signal.result", network=one.name, change=fold(one.passage.signal_ratio))


def gradient_text(one: Found) -> str:
    """What became of the gradient on its way back."""
    ratio, stream = one.passage.gradient_ratio, one.passage.stream
    steps = stream[-1].layer - stream[0].layer
    each = magnitude(ratio ** (1 / steps)) if ratio > 0 and math.isfinite(ratio) else "0"
    return t("depth.gradient.result", network=one.name, change=fold(ratio), each=each)


def alive_text(one: Found) -> str:
    """Where the fewest units are above zero."""
    least = one.passage.least_alive
    return t("depth.alive.result", network=one.name, share=f"{100 * (least.alive or 0):.0f}", layer=least.layer)


def fold(ratio: float) -> str:
    """How something changes, in words: `grows 120-fold`, `falls to 95 %`, `falls to 1/83.1`, far down to a power of ten."""
    if not math.isfinite(ratio) or ratio <= 0:
        return t("depth.gone")
    if magnitude(ratio) == "1":
        return t("depth.same")
    if ratio > 1:
        return t("depth.grows", factor=magnitude(ratio))
    if ratio >= 1 / 10:
        return t("depth.eases", percent=magnitude(100 * ratio))
    if ratio > FRACTIONS_END:
        return t("depth.falls", factor=magnitude(1 / ratio))
    return t("depth.dwindles", ratio=magnitude(ratio))


def remarks(found: Sequence[Found], how: Normalisation) -> None:
    """What He et al. say of the gradients of their plain networks, and what these networks' do."""
    by_kind = {one.kind: one for one in found}
    with st.container(border=True):
        st.markdown(t("depth.he.says"))
        if (plain := by_kind.get("plain")) is not None:
            verdict = plain.passage.verdict
            values = {"change": fold(plain.passage.gradient_ratio), "limit": magnitude(1 / VANISHED)}
            st.markdown(t(f"depth.he.{verdict}", network=plain.name, **values))
            if verdict == "explodes" and how == "batch":
                st.markdown(t("depth.he.yang"))
        if (residual := by_kind.get("residual")) is not None and how == "none":
            st.markdown(_doubling(residual))
        st.markdown(t("depth.he.so"))


def _doubling(residual: Found) -> str:
    blocks = len(residual.passage.stream) - 1
    return t(
        "depth.he.doubles",
        network=residual.name,
        blocks=blocks,
        change=fold(residual.passage.signal_ratio),
        theory=magnitude(2 ** (blocks / 2)),
    )
