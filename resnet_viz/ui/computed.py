"""What long work found, kept in the session's store; while it is under way its progress, once stopped a way to go on.

What takes no second is computed where it stands: a job steps back behind all else that the server does.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

import streamlit as st

from resnet_viz.ui.cache import desk, store
from resnet_viz.ui.job_progress import in_progress, job_progress
from resnet_viz.ui.jobs import Cancelled, Job, Progress, Work
from resnet_viz.ui.state import t

AT_ONCE = 15e9
"""Multiply-adds, forwards and backwards, that the page waits for: under a second on one core."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Task(Generic[T]):
    """Something to compute."""

    kind: str
    """Names what is done: a session has one of a kind at work."""
    key: Hashable
    """Names the result."""
    work: Work[T | None]
    what: str
    """Says in the visitor's language what is computed."""
    macs: float
    """About how many multiply-adds it takes."""
    resumes: bool = False
    """Whether the work, begun again, goes on where it was stopped."""


def computed(task: Task[T], nbytes: Callable[[T], int] = lambda _: 0) -> T | None:
    """The result of a task: had at once, or begun as a job unless it is there; None while it is not, and then says why.

    Raises the VizError that the work raised.
    """
    kind, key = task.kind, task.key
    kept = store()
    there = kept.peek(key)
    if there is not None:
        return cast("T", there)
    if task.macs <= AT_ONCE:
        with st.spinner(task.what):
            made = task.work(lambda done, total: None, lambda: False)
        return None if made is None else kept.get(key, lambda: made, nbytes)
    found = desk().job(kind)
    if found is None or found.key != key:
        desk().start(kind, key, task.work)
        found = desk().job(kind)
    job = cast("Job[T]", found)  # the key says whose it is
    if in_progress(found):
        job_progress(cast("Job[object]", job), task.what)
        return None
    if job.error is not None:
        raise job.error
    if job.result is not None:
        result = job.result
        return kept.get(key, lambda: result, nbytes)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(t("common.job.stopped", what=task.what), width="content")
        label, icon = ("on", "play_arrow") if task.resumes else ("again", "replay")
        again = t(f"common.job.{label}")
        st.button(again, icon=f":material/{icon}:", key=f"again {kind}", on_click=desk().forget, args=(kind,))
    return None


def going_on(progress: Progress, cancelled: Cancelled) -> Callable[[int, int], bool]:
    """The two ends of a job as the one question that work in `analysis/` asks between its steps."""

    def go_on(done: int, total: int) -> bool:
        progress(done, total)
        return not cancelled()

    return go_on
