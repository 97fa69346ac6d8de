"""What the network really sees: the square after preprocessing, and how it came about."""

from __future__ import annotations

import streamlit as st

from resnet_viz.report import words
from resnet_viz.ui.activations.run import Fit, Result
from resnet_viz.ui.choices import choose
from resnet_viz.ui.state import language, t

FITS: tuple[Fit, ...] = ("crop", "squash")


def fit_input() -> Fit:
    """Let the visitor choose how a picture becomes square."""
    return choose(
        t("activations.input.fit"),
        FITS,
        key="fit",
        name=lambda fit: t(f"activations.input.fit_{fit}"),
        in_url=True,
        help=t("activations.input.fit_help"),
    )


def seen(result: Result) -> None:
    """Draw the square before normalisation, and say what was done to it."""
    st.image(result.prepared.seen.convert("RGB"), width="stretch", alt=t("activations.seen.heading"))
    st.caption(words.seen(language(), result.loaded.info.transforms, result.plan, result.prepared))
