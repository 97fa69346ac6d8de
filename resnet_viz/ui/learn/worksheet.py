"""The worksheet of a seed: as it is printed, as a file, and twenty different ones at once."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from resnet_viz.learn.plans import plan
from resnet_viz.learn.quiz import PER_SHEET, SEEDS
from resnet_viz.report.worksheet import bundle, file_name
from resnet_viz.report.worksheet import worksheet as sheet
from resnet_viz.ui.cache import store
from resnet_viz.ui.computed import Task, computed, going_on
from resnet_viz.ui.learn.prose import MEASURE
from resnet_viz.ui.learn.quiz import SEED_KEY, seed_choice
from resnet_viz.ui.state import LANG_KEY, language, t
from resnet_viz.ui.take_away.files import download

MANY = 20
"""Worksheets of a bundle: one for each of a small class."""

_WANTED = "worksheets_wanted"
"""Session key of the first seed and the language of the bundle that was asked for."""


def worksheet() -> None:
    """Draw the choice of a seed, the files, and the worksheet itself."""
    with st.container(width=MEASURE):
        st.markdown(t("quiz.sheet.lead", count=PER_SHEET))
        seed = seed_choice()
        document = _document(seed)
        with st.container(horizontal=True, vertical_alignment="center"):
            download(t("quiz.sheet.download", seed=seed), document, file_name(seed), "text/html", "worksheet_file")
            st.button(
                t("quiz.sheet.many", count=MANY),
                icon=":material/content_copy:",
                key="worksheets_many",
                help=t("quiz.sheet.many_about", first=_seeds(seed)[0], last=_seeds(seed)[-1]),
                on_click=_want,
                args=(seed,),
            )
        _many(seed)
    st.caption(t("quiz.sheet.preview", seed=seed))
    with st.container(border=True):
        st.iframe(document, height=900, alt=t("quiz.sheet.preview", seed=seed))


def _document(seed: int) -> str:
    """The worksheet as one HTML file, kept in the session: it is read off several networks."""
    spoken, link = language(), _link(seed)
    key = ("worksheet", spoken, seed, link)
    return store().get(key, lambda: sheet(spoken, seed, plan, link, datetime.now()), lambda made: len(made.encode()))


def _seeds(first: int) -> range:
    return range(min(first, SEEDS - MANY + 1), min(first, SEEDS - MANY + 1) + MANY)


def _want(seed: int) -> None:
    st.session_state[_WANTED] = seed


def _many(seed: int) -> None:
    """The bundle, once it is asked for: read off some fifty networks, it takes a while."""
    if st.session_state.get(_WANTED) != seed:
        return
    spoken, made, links = language(), datetime.now(), {each: _link(each) for each in _seeds(seed)}
    task = Task(
        kind="worksheets",
        key=("worksheets", spoken, seed),
        work=lambda progress, cancelled: bundle(
            spoken, _seeds(seed), plan, links.__getitem__, made=made, go_on=going_on(progress, cancelled)
        ),
        what=t("quiz.sheet.many_work", count=MANY),
        macs=float("inf"),
    )
    file = computed(task, len)
    if file is not None:
        name = f"worksheets-{_seeds(seed)[0]}-{_seeds(seed)[-1]}.zip"
        st.caption(t("quiz.sheet.many_about", first=_seeds(seed)[0], last=_seeds(seed)[-1]))
        download(t("quiz.sheet.download_many", count=MANY), file, name, "application/zip", "worksheets_file")


def _link(seed: int) -> str:
    """Where the same questions are a quiz: at this app's own address."""
    here = urlsplit(st.context.url or "")
    return urlunsplit(
        here._replace(query=urlencode({"learn": "quiz", SEED_KEY: seed, LANG_KEY: language()}), fragment="")
    )
