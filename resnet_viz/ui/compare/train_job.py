"""The jobs that a visitor gave the lab: kept with the session, shown with their state and what can be done about it."""

from __future__ import annotations

import streamlit as st

from resnet_viz.training.lab.jobs import Job, Run
from resnet_viz.training.lab.outcome import unique
from resnet_viz.training.lab.settings import Settings
from resnet_viz.ui.cache import laboratory
from resnet_viz.ui.state import t

_JOBS = "train_jobs"

MOST_RUNS = 90
"""Runs that are kept; the oldest jobs go first."""


def jobs() -> tuple[Job, ...]:
    """The visitor's jobs, the latest last."""
    found: tuple[Job, ...] = st.session_state.get(_JOBS, ())
    return found


def keep(job: Job) -> None:
    """Add a job."""
    kept = (*jobs(), job)
    while len(kept) > 1 and sum(len(one.runs) for one in kept) > MOST_RUNS:
        kept = kept[1:]
    st.session_state[_JOBS] = kept


def forget() -> None:
    """Forget all jobs that have ended."""
    st.session_state[_JOBS] = tuple(job for job in jobs() if job.living)


def runs() -> tuple[Run, ...]:
    """All runs that have begun, one for each settings."""
    return unique(run for job in jobs() for run in job.runs)


def job_state(job: Job) -> None:
    """Draw how far a job is, with buttons to pause and to cancel it."""
    place = laboratory().ahead(job)
    if job.state in {"running", "paused"} or (job.state == "waiting" and job.share):
        st.progress(job.share, text=_progress(job))
    if job.state == "waiting":
        st.info(t("train.waiting", ahead=place) if place else t("train.starting"), icon=":material/hourglass_top:")
    elif job.state == "failed":
        st.error(t("train.failed"), icon=":material/error:")
    elif job.state == "abandoned":
        st.warning(t("train.abandoned"), icon=":material/timer_off:")
    if job.living:
        _buttons(job)
        st.caption(t("train.reload"))


def _progress(job: Job) -> str:
    run = job.current
    if run is None:
        return t("train.finishing")
    if not run.steps:
        return t("train.starting")
    return t(
        "train.progress",
        run=job.runs.index(run) + 1,
        runs=len(job.runs),
        name=run_name(run.settings),
        seed=run.settings.seed,
        epoch=min(len(run.epochs) + 1, run.settings.epochs),
        epochs=run.settings.epochs,
    )


def _buttons(job: Job) -> None:
    lab = laboratory()
    with st.container(horizontal=True, gap="small"):
        if job.state == "paused":
            st.button(t("train.go_on"), key="train_go_on", icon=":material/resume:", on_click=lab.go_on, args=(job,))
        else:
            st.button(t("train.pause"), key="train_pause", icon=":material/pause:", on_click=lab.pause, args=(job,))
        st.button(t("train.cancel"), key="train_cancel", icon=":material/stop:", on_click=lab.cancel, args=(job,))
    if job.state == "paused":
        st.caption(t("train.paused"))


def run_name(settings: Settings) -> str:
    """`plain, 56 layers`."""
    return t(f"train.names.{settings.kind}", depth=settings.depth)
