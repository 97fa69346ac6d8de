"""Choices whose options are sentences in the chosen language, and whose values are ids that no language changes.

A widget loses its value on a page switch. Here the id is kept beside the widget: in the URL where it belongs there, else
in the session.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal, TypeVar

import streamlit as st

from resnet_viz.ui.address import ask, show, wish

Id = TypeVar("Id", bound=str)

_NUMBER = re.compile(r"-?\d{1,4}(\.\d{1,3})?", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,9}", re.ASCII)

_ON = "1"
"""What the URL says of something that is switched on."""


def choose(
    label: str,
    options: Sequence[Id],
    *,
    key: str,
    name: Callable[[Id], str],
    draw: Literal["select", "segments"] = "segments",
    in_url: bool = False,
    help: str | None = None,
    default: Id | None = None,
    width: Literal["content", "stretch"] = "content",
) -> Id:
    """Let the visitor choose one of `options`, shown by `name`; `default`, or the first, until then. Returns its id."""
    default = options[0] if default is None else default
    value = chosen(key, options, default=default)
    st.session_state[key] = value

    def keep() -> None:
        remember(key, st.session_state[key], in_url=in_url, default=default)

    if draw == "select":
        st.selectbox(label, options, format_func=name, key=key, on_change=keep, help=help, filter_mode="contains")
    else:
        st.segmented_control(
            label, options, format_func=name, key=key, on_change=keep, help=help, required=True, wrap=True, width=width
        )
    if in_url:
        show(key, None if value == default else value)
    return value


def whole_number(
    label: str,
    *,
    key: str,
    default: int,
    low: int | None = None,
    high: int | None = None,
    value: int | None = None,
    step: int = 1,
    help: str | None = None,
    width: Literal["stretch"] | int = "stretch",
) -> int:
    """Let the visitor choose a whole number, part of the URL; `default` until then. Returns it.

    `low` and `high` are limits that the browser knows; `value` is what is shown instead of a number that will not do.
    """
    value = asked_number(key, default, low, high) if value is None else value
    st.session_state[key] = value

    def keep() -> None:
        remember(key, str(st.session_state[key]), default=str(default))

    st.number_input(label, low, high, key=key, step=step, on_change=keep, help=help, width=width)
    show(key, None if value == default else str(value))
    return value


def slide(
    label: str,
    *,
    key: str,
    low: float,
    high: float,
    default: float,
    step: float,
    format: str = "%g",
    help: str | None = None,
    disabled: bool = False,
    width: Literal["stretch"] | int = "stretch",
) -> float:
    """Let the visitor choose a number on a slider, part of the URL; `default` until then. Returns it."""
    asked = wish(key) or ""
    value = float(asked) if _NUMBER.fullmatch(asked) and low <= float(asked) <= high else float(default)
    st.session_state[key] = value

    def keep() -> None:
        remember(key, f"{st.session_state[key]:g}", default=f"{default:g}")

    st.slider(
        label,
        float(low),  # Streamlit wants all numbers of a slider of one type
        float(high),
        step=float(step),
        format=format,
        key=key,
        on_change=keep,
        help=help,
        disabled=disabled,
        width=width,
    )
    show(key, None if value == default else f"{value:g}")
    return value


def switch(label: str, *, key: str, help: str | None = None) -> bool:
    """Let the visitor switch something on, part of the URL; off until then. Returns whether it is."""
    st.session_state[key] = wish(key) == _ON

    def keep() -> None:
        remember(key, _ON if st.session_state[key] else "", default="")

    on = st.toggle(label, key=key, help=help, on_change=keep)
    show(key, _ON if on else None)
    return on


def chosen(key: str, options: Sequence[Id], *, default: Id | None = None) -> Id:
    """What the visitor chose for `key`, where it is one of `options`; else `default`, or the first."""
    wishes = wish(key), st.session_state.get(_private(key))
    return next((option for asked in wishes for option in options if option == asked), default or options[0])


def asked_number(key: str, default: int, low: int | None = None, high: int | None = None) -> int:
    """The whole number that the visitor chose for `key`, where it is none out of range; else `default`."""
    asked = wish(key) or ""
    value = int(asked) if _WHOLE.fullmatch(asked) else default
    return default if (low is not None and value < low) or (high is not None and value > high) else value


def remember(key: str, value: str, *, in_url: bool = True, default: str | None = None) -> None:
    """Choose `value` for `key`. Call it from a callback."""
    if in_url:
        ask(key, None if value == default else value)
    else:
        st.session_state[_private(key)] = value


def _private(key: str) -> str:
    return f"wished_{key}"
