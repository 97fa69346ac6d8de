"""The lab of a server: one worker process at a time computes, jobs wait in a queue, and none outlives its visitor.

A paused job gives up its turn and keeps its process, which sleeps; when it goes on, it waits in the queue again. So does one
whose visitor has been away for a moment while others wait: the page may have been reloaded, and that makes a new visitor.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from resnet_viz.training.lab.jobs import Job, State
from resnet_viz.training.lab.process import Worker
from resnet_viz.training.lab.settings import Settings

GRACE = 30.0
"""Seconds that a visitor may be away before his job ends: a reconnect takes less."""
AWAY = 3.0
"""Seconds that a visitor may be away before his job lets others go first; it loses its turn alone."""
LONGEST_PAUSE = 600.0
"""Seconds after which a paused job ends, as its process keeps memory."""
SPARE_LIFE = 180.0
"""Seconds that a worker which nobody uses is kept ready."""
WATCH = 1.0
"""Seconds between two looks at who is there."""


def everyone(_: str) -> bool:
    """That each visitor is there."""
    return True


class Laboratory:
    """Jobs of all visitors. `present` says whether a visitor is there, given the owner's name that jobs carry."""

    def __init__(
        self, present: Callable[[str], bool] = everyone, grace: float = GRACE, make: Callable[[], Worker] = Worker
    ) -> None:
        self._present, self._grace, self._make = present, grace, make
        self._changed = threading.Condition()
        self._waiting: list[Job] = []
        self._running: Job | None = None
        self._workers: dict[Job, Worker] = {}
        self._paused_at: dict[Job, float] = {}
        self._last_seen: dict[Job, float] = {}
        self._spare: Worker | None = None
        self._spare_since = 0.0
        self._open = True
        for target in (self._serve_queue, self._watch):
            threading.Thread(target=target, name=f"lab {target.__name__}", daemon=True).start()

    def warm_up(self) -> None:
        """Have a worker ready, for who is about to start a job: loading PyTorch takes some seconds."""
        with self._changed:
            if self._open and self._spare is None and not self._workers:
                self._spare = self._make()
            self._spare_since = time.monotonic()

    def submit(self, owner: str, plan: Sequence[Settings]) -> Job:
        """Put runs at the end of the queue."""
        job = Job(owner, plan)
        with self._changed:
            self._last_seen[job] = time.monotonic()
            self._waiting.append(job)
            self._changed.notify_all()
        return job

    def ahead(self, job: Job) -> int:
        """How many jobs come before this one; 0 for one that has its turn or is not in the queue."""
        with self._changed:
            if job not in self._waiting:
                return 0
            return self._waiting.index(job) + (self._running is not None)

    def pause(self, job: Job) -> None:
        """Halt a job after its present step and let others go first."""
        with self._changed:
            if job.state in {"waiting", "running"}:
                if job in self._waiting:
                    self._waiting.remove(job)
                elif worker := self._workers.get(job):
                    worker.pause(True)
                self._paused_at[job] = time.monotonic()
                job.state = "paused"

    def go_on(self, job: Job) -> None:
        """Put a paused job at the end of the queue again."""
        with self._changed:
            if job.state == "paused":
                job.state = "waiting"
                del self._paused_at[job]
                self._waiting.append(job)
                self._changed.notify_all()

    def cancel(self, job: Job) -> None:
        """End a job; what it has said so far is kept."""
        self._end(job, "cancelled")

    def close(self) -> None:
        """End all jobs and processes for good."""
        with self._changed:
            self._open = False
            jobs = [*self._last_seen]
            if self._spare is not None:
                self._spare.end()
                self._spare = None
            self._changed.notify_all()
        for job in jobs:
            self._end(job, "cancelled")

    def _end(self, job: Job, state: State) -> None:
        with self._changed:
            if not job.living:
                return
            job.state = state
            if job in self._waiting:
                self._waiting.remove(job)
            self._paused_at.pop(job, None)
            self._last_seen.pop(job, None)
            worker = self._workers.pop(job, None)
        if worker is not None:
            worker.end()
        job.ended.set()

    def _serve_queue(self) -> None:
        """Let one job after another have its turn."""
        while True:
            with self._changed:
                self._running = None
                while self._open and not self._waiting:
                    self._changed.wait()
                if not self._open:
                    return
                job = self._running = self._waiting.pop(0)
                job.state = "running"
                worker = self._worker_of(job)
            if worker is None:
                self._end(job, "failed")
            else:
                self._listen(job, worker)

    def _worker_of(self, job: Job) -> Worker | None:
        """The worker of a job, told to go on; a new one for a job that has none; None where the system gives none."""
        worker = self._workers.get(job)
        if worker is not None:
            worker.pause(False)
            return worker
        try:
            worker, self._spare = self._spare or self._make(), None
        except OSError:
            return None
        self._workers[job] = worker
        worker.start([run.settings for run in job.runs])
        return worker

    def _listen(self, job: Job, worker: Worker) -> None:
        """Keep what a worker says until the job's turn is over: it has halted, is done, or its process is gone."""
        for index, reading in worker.readings():
            job.runs[index].add(reading)
        if worker.sign != "halted":
            self._end(job, "done" if worker.sign == "done" else "failed")

    def _give_way(self, job: Job) -> None:
        """Put a running job at the end of the queue, where there is one."""
        if self._waiting and job.state == "running":
            self.pause(job)
            self.go_on(job)

    def _watch(self) -> None:
        """End the jobs of who is gone or has paused for too long, and a spare worker that nobody used."""
        while self._open:
            time.sleep(WATCH)
            now = time.monotonic()
            with self._changed:
                self._last_seen.update({job: now for job in self._last_seen if self._present(job.owner)})
                if self._running in self._last_seen and now - self._last_seen[self._running] > AWAY:
                    self._give_way(self._running)
                gone = [job for job, seen in self._last_seen.items() if now - seen > self._grace]
                gone += [job for job, since in self._paused_at.items() if now - since > LONGEST_PAUSE]
                if self._spare is not None and now - self._spare_since > SPARE_LIFE:
                    self._spare.end()
                    self._spare = None
            for job in gone:
                self._end(job, "abandoned")
