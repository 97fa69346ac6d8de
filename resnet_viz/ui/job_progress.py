"""How far long work is, with a button that stops it; the page is drawn again when it ends."""

from __future__ import annotations

import streamlit as st

from resnet_viz.ui.jobs import Job
from resnet_viz.ui.state import t


def in_progress(job: Job[object] | None) -> bool:
    """Whether there is something to watch: it has neither ended nor been stopped."""
    return job is not None and job.running and not job.cancelled


@st.fragment(run_every=0.5)
def job_progress(job: Job[object], what: str) -> None:
    """Draw the bar of a job that is in progress. `what` says in the visitor's language what is computed."""
    if not in_progress(job):
        st.rerun()
    if job.waiting:
        text = t("common.job.waiting", what=what)
    else:
        text = t("common.job.running", what=what, done=job.done, total=job.total or "?")
    st.progress(job.done / max(job.total, 1), text=text)
    st.button(t("common.job.cancel"), icon=":material/stop:", key=f"cancel {job.key}", on_click=job.cancel)
