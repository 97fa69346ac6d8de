"""How far long work is, with a button that stops it; the page is drawn again when it ends."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from resnet_viz.ui.jobs import Job
from resnet_viz.ui.state import t

_DRAWN = "job_progress_drawn"
"""Session key: whether the last run of the page, or of the fragment around it, drew a bar."""
_SECOND = "view_in_second_place"
"""Session key: which of the two places the view is in."""


def in_progress(job: Job[object] | None) -> bool:
    """Whether there is something to watch: it has neither ended nor been stopped."""
    return job is not None and job.running and not job.cancelled


def view_container() -> DeltaGenerator:
    """Where a view that may hold such a bar is drawn: in another place than the last one, where that held one.

    The browser does not hear that a fragment has ended if its bar is to be drawn again at that moment, and would keep
    what the last view had more of. Whatever was drawn where an empty element is now goes at once.
    """
    second = bool(st.session_state.get(_SECOND, False)) != bool(st.session_state.pop(_DRAWN, False))
    st.session_state[_SECOND] = second
    if second:
        st.empty()
        return st.container()
    place = st.container()
    st.empty()
    return place


def job_progress(job: Job[object], what: str) -> None:
    """Draw the bar of a job that is in progress. `what` says in the visitor's language what is computed."""
    st.session_state[_DRAWN] = True
    _bar(job, what)


@st.fragment(run_every=0.5)
def _bar(job: Job[object], what: str) -> None:
    if not in_progress(job):
        st.rerun()
    if job.waiting:
        text = t("common.job.waiting", what=what)
    else:
        text = t("common.job.running", what=what, done=job.done, total=job.total or "?")
    st.progress(job.done / max(job.total, 1), text=text)
    st.button(t("common.job.cancel"), icon=":material/stop:", key=f"cancel {job.key}", on_click=job.cancel)
