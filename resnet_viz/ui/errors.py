"""Errors that a visitor caused, told in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from resnet_viz.errors import VizError
from resnet_viz.lang import sentence
from resnet_viz.ui.state import language, select_size, t


@contextmanager
def guard() -> Iterator[None]:
    """Show an error that the visitor caused as one sentence where it happened; the page goes on behind the `with`.

    Where the input size is the cause, a button offers the nearest size that the network takes.
    """
    try:
        yield
    except VizError as error:
        st.error(sentence(language(), error), icon=":material/error:")
        if error.code == "size_not_accepted":
            low, high, size = (int(str(error.values[name])) for name in ("low", "high", "size"))
            fitting = min(max(size, low), high)
            st.button(t("common.use_size", size=fitting), on_click=select_size, args=(fitting,))
