"""Choices whose options are sentences in the chosen language, and whose values are ids that no language changes.

A widget that is bound to the URL writes its label there, and loses its value on a page switch. Here the id is kept
beside the widget, and in the URL where it belongs there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, TypeVar

import streamlit as st

Id = TypeVar("Id", bound=str)


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
) -> Id:
    """Let the visitor choose one of `options`, shown by `name`; `default`, or the first, until then. Returns its id."""
    default = options[0] if default is None else default
    value = chosen(key, options, in_url=in_url, default=default)
    st.session_state[key] = value

    def keep() -> None:
        remember(key, st.session_state[key])

    if draw == "select":
        st.selectbox(label, options, format_func=name, key=key, on_change=keep, help=help)
    else:
        st.segmented_control(
            label, options, format_func=name, key=key, on_change=keep, help=help, required=True, wrap=True
        )
    if in_url:
        _write_url(key, value, default)
    return value


def chosen(key: str, options: Sequence[Id], *, in_url: bool = False, default: Id | None = None) -> Id:
    """What the visitor chose for `key`, where it is one of `options`; else `default`, or the first."""
    wishes = st.session_state.get(_wish(key)), st.query_params.get(key) if in_url else None
    return next((option for wish in wishes for option in options if option == wish), default or options[0])


def remember(key: str, value: str) -> None:
    """Choose `value` for `key`. Call it from a callback."""
    st.session_state[_wish(key)] = value


def _wish(key: str) -> str:
    return f"wished_{key}"


def _write_url(key: str, value: str, default: str) -> None:
    if value == default:
        st.query_params.pop(key, None)
    elif st.query_params.get(key) != value:
        st.query_params[key] = value
