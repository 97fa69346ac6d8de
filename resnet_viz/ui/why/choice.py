"""What the visitor wants explained, and how: one or two classes and a method, all of them part of the URL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import streamlit as st

from resnet_viz.analysis.class_maps import METHODS, NAMES, Method
from resnet_viz.ui.activations.answer import class_name
from resnet_viz.ui.activations.run import Result
from resnet_viz.ui.choices import choose
from resnet_viz.ui.class_select import class_select, other_class_select
from resnet_viz.ui.state import t

PixelMethod = Literal["saliency", "smoothgrad", "integrated", "occlusion"]
PIXEL_METHODS: tuple[PixelMethod, ...] = get_args(PixelMethod)

_NAMES: dict[str, str] = {**NAMES, "smoothgrad": "SmoothGrad"}
"""Methods that are called the same in every language."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked for."""

    method: Method | PixelMethod
    classes: tuple[int, ...]
    """One class, or two beside each other; Eigen-CAM's one is not asked for."""


def choice_input(result: Result) -> Choice:
    """Draw the choice of method and classes."""
    left, middle, right = st.columns(3, gap="medium", vertical_alignment="bottom")
    with left:
        method = choose(
            t("why.method"), (*METHODS, *PIXEL_METHODS), key="method", name=method_name, draw="select", in_url=True
        )
    with middle:
        first = class_select(result)
    if method == "eigen-cam":
        return Choice(method, (first,))
    with right:
        other = other_class_select(result, first)
    return Choice(method, (first,) if other is None else (first, other))


def method_name(method: Method | PixelMethod) -> str:
    """What a method is called."""
    return _NAMES.get(method) or t(f"why.name.{method}")


def method_about(method: Method | PixelMethod) -> str:
    """What a method does, and what its values are."""
    return t(f"why.about.{method.replace('-', '_')}")


def name_of(result: Result, class_index: int) -> str:
    """A class in the visitor's language."""
    return class_name(result.loaded.info.labels[class_index])
