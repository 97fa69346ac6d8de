"""What the network really sees: the square after preprocessing, and how it came about."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from resnet_viz.forward.images import for_channels
from resnet_viz.records import TransformSpec
from resnet_viz.ui.activations.run import Fit, Result
from resnet_viz.ui.choices import choose
from resnet_viz.ui.state import t

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
    transforms, prepared = result.loaded.info.transforms, result.prepared
    channels = result.plan.input_shape[0]
    st.image(prepared.seen.convert("RGB"), width="stretch", alt=t("activations.seen.heading"))
    st.caption(
        t(
            "activations.seen.about",
            size=result.plan.size,
            fit=_fit(transforms, prepared.fit, result.plan.size),
            mean=_numbers(for_channels(transforms.mean, channels)),
            std=_numbers(for_channels(transforms.std, channels)),
        )
    )


def _fit(transforms: TransformSpec, fit: Fit, size: int) -> str:
    if fit == "squash":
        return t("activations.seen.fit_squash")
    if transforms.resize is None:
        return t("activations.seen.fit_crop")
    return t("activations.seen.fit_crop_margin", resize=round(size * transforms.resize / transforms.size))


def _numbers(values: Iterable[float]) -> tuple[str, ...]:
    return tuple(f"{value:g}" for value in values)
