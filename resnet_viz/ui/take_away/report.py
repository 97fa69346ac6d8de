"""The session as one HTML file: made when it is asked for, with its progress, and then there to be downloaded."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from resnet_viz.forward.samples import Sample, samples
from resnet_viz.report.ask import Choices, Subject
from resnet_viz.report.session import session_report
from resnet_viz.ui.activations.input import Picture, picture_name
from resnet_viz.ui.activations.run import Result, activations
from resnet_viz.ui.address import parameters
from resnet_viz.ui.cache import desk
from resnet_viz.ui.class_select import chosen_class
from resnet_viz.ui.computed import Task, computed, going_on
from resnet_viz.ui.jobs import Cancelled, Progress
from resnet_viz.ui.lesions.chosen import chosen_cuts
from resnet_viz.ui.state import language, selected, t
from resnet_viz.ui.take_away.files import download

_WANTED = "report_wanted"
"""Session key of what the visitor asked a report of: other choices make another report."""
_KIND = "report"
_PASSES = 8
"""About how many passes through the network a report takes."""


def report(result: Result, row: DeltaGenerator) -> None:
    """Draw into `row` the button that asks for the report on what is chosen, then the file; below it how far it is."""
    choices = Choices(selected(result.plan), chosen_class(result), chosen_cuts(result.plan))
    key = _KIND, result.key, picture_name(result.picture), choices, language()
    if st.session_state.get(_WANTED) != key:
        desk().forget(_KIND)
        row.button(
            t("take_away.report"),
            icon=":material/description:",
            key="report_make",
            on_click=_want,
            args=(key,),
            help=t("take_away.report_help"),
        )
        return
    # The link says more, such as the view that is open: another view is no reason for another report.
    made = computed(_task(result, replace(choices, link=_link()), key), len)
    if made is not None:
        name = f"{result.plan.network}-{_KIND}.html"
        with row:
            download(t("take_away.report_download"), made, name, "text/html", "report_download")
        st.caption(t("take_away.report_ready", megabytes=f"{len(made) / 1e6:.1f}"))


def _task(result: Result, choices: Choices, key: Hashable) -> Task[bytes]:
    spoken = language()
    subject = Subject(
        picture_name(result.picture),
        result.picture.decoded,
        result.prepared,
        result.plan,
        result.loaded.info,
        result.loaded.program,
        activations(result),
        _sample(result.picture),
    )

    def work(progress: Progress, cancelled: Cancelled) -> bytes | None:
        made = session_report(subject, choices, spoken, datetime.now().astimezone(), going_on(progress, cancelled))
        return None if made is None else made.encode("utf-8")

    return Task(_KIND, key, work, t("take_away.report_working"), _PASSES * result.plan.macs)


def _link() -> str:
    """The address of the page with all that is chosen; empty where nobody knows it."""
    return f"{st.context.url}?{urlencode(parameters())}" if st.context.url else ""


def _sample(picture: Picture) -> Sample | None:
    return next((sample for sample in samples() if (picture.source, picture.name) == ("sample", sample.name)), None)


def _want(key: Hashable) -> None:
    st.session_state[_WANTED] = key
