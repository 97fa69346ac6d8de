"""What the article's printed code gets wrong, each point with the error that the PyTorch at work here raises."""

from __future__ import annotations

import platform

import streamlit as st
import torch

from resnet_viz.analysis.article_errors import Point, Trial
from resnet_viz.ui.cache import article_trials
from resnet_viz.ui.state import t


def article_errors() -> None:
    """Draw the points, wrong and right side by side."""
    st.subheader(t("blocks.article.title"), anchor=False)
    st.markdown(t("blocks.article.about"))
    for point in article_trials():
        with st.container(border=True):
            _point(point)
    st.caption(t("blocks.article.versions", torch=torch.__version__, python=platform.python_version()))


def _point(point: Point) -> None:
    st.markdown(f"**{t(f'blocks.article.{point.code}')}**\n\n{t(f'blocks.article.{point.code}_why')}")
    if not point.printed:
        _trial(point.mended, t("blocks.article.shown"))
        return
    wrong, right = st.columns(2, gap="medium")
    with wrong:
        for index, trial in enumerate(point.printed):
            _trial(trial, t("blocks.article.printed") if not index else t("blocks.article.printed_too"))
    with right:
        _trial(point.mended, t("blocks.article.mended"))


def _trial(trial: Trial, title: str) -> None:
    """A snippet, and below it what came of it, in Python's own words."""
    st.caption(title)
    st.code(trial.snippet, language="python", wrap_lines=True)
    outcome = trial.outcome
    if outcome.error:
        st.error(f"`{outcome.error}: {outcome.message}`", icon=":material/error:")
    else:
        st.code(outcome.value, language=None, wrap_lines=True)
