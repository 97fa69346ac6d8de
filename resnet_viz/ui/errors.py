"""Errors that a visitor caused, told in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from resnet_viz.lang import sentence
from resnet_viz.records import VizError
from resnet_viz.ui.state import language


@contextmanager
def guard() -> Iterator[None]:
    """Show an error that the visitor caused as one sentence where it happened; the page goes on behind the `with`."""
    try:
        yield
    except VizError as error:
        st.error(sentence(language(), error), icon=":material/error:")
