"""Long work in a thread of its own, one at a time on the server, that can be watched and stopped.

For work whose time goes into PyTorch, which leaves the interpreter to others; the thread is nice to them as well.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from resnet_viz.errors import VizError

NICE = 10
"""How far the thread steps back behind what visitors wait for."""

_POLL = 0.2

T = TypeVar("T")

Progress = Callable[[int, int], None]
"""Called with what is done and how much there is in all."""
Cancelled = Callable[[], bool]
"""Whether the visitor stopped it: asked between two steps."""
Work = Callable[[Progress, Cancelled], T]
"""What a job does; where it is stopped it returns what is whole by then, or None."""


class Job(Generic[T]):
    """One piece of work: started by making it, watched through its attributes, ended by itself or by `cancel`."""

    def __init__(self, key: Hashable, work: Work[T | None], turn: threading.Lock | None) -> None:
        self.key = key
        """Names what is computed: the same for the same result."""
        self.done = 0
        self.total = 0
        """Steps so far and in all; 0 of 0 while it is not known."""
        self.waiting = turn is not None
        """Whether another visitor's is computed first; work that computes nothing has no `turn` to wait for."""
        self.result: T | None = None
        self.error: VizError | None = None
        self._turn = turn
        self._cancelled = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(work,), name=f"job {key}", daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether it is still at work, or waits for its turn."""
        return self._thread.is_alive()

    @property
    def cancelled(self) -> bool:
        """Whether the visitor stopped it."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask it to end: after the step that it is at, it does."""
        self._cancelled.set()

    def wait(self, seconds: float | None = None) -> None:
        """Wait until it has ended."""
        self._thread.join(seconds)

    def _run(self, work: Work[T | None]) -> None:
        if self._turn is None:
            self._work(work)
            return
        while not self._turn.acquire(timeout=_POLL):
            if self.cancelled:
                return
        try:
            self.waiting = False
            if hasattr(os, "setpriority"):  # on Linux it is the thread's own
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)
            self._work(work)
        finally:
            self._turn.release()

    def _work(self, work: Work[T | None]) -> None:
        try:
            self.result = work(self._progress, self._cancelled.is_set)
        except VizError as error:
            self.error = error

    def _progress(self, done: int, total: int) -> None:
        self.done, self.total = done, total


class Desk:
    """Where one visitor orders long work: of each kind the last one, running or done."""

    def __init__(self, turn: threading.Lock) -> None:
        self._turn = turn
        self._jobs: dict[str, Job[object]] = {}

    def start(self, kind: str, key: Hashable, work: Work[T | None]) -> Job[T]:
        """Begin work of a kind, and give up the one of that kind that runs."""
        before = self._jobs.get(kind)
        if before is not None:
            before.cancel()
        job: Job[T] = Job(key, work, self._turn)
        self._jobs[kind] = job  # type: ignore[assignment]  # the kind says what T is
        return job

    def job(self, kind: str) -> Job[object] | None:
        """The last one of a kind."""
        return self._jobs.get(kind)

    def forget(self, kind: str) -> None:
        """Give up the one of a kind, and what came out of it."""
        job = self._jobs.pop(kind, None)
        if job is not None:
            job.cancel()

    def close(self) -> None:
        """Give up all that runs."""
        for job in self._jobs.values():
            job.cancel()
