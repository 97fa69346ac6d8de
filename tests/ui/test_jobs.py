"""Long work in a thread: it waits for its turn, says how far it is, and can be stopped."""

from __future__ import annotations

import threading

import pytest

from resnet_viz.errors import NetworkError
from resnet_viz.ui.jobs import Cancelled, Desk, Job, Progress

WAIT = 60


class Counting:
    """Counts to three, one step each time that it is let."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Semaphore(0)

    def __call__(self, progress: Progress, cancelled: Cancelled) -> int | None:
        for step in range(3):
            progress(step, 3)
            self.begun.set()
            assert self.go_on.acquire(timeout=WAIT)
            if cancelled():
                return None
        progress(3, 3)
        return 3


@pytest.fixture
def turn() -> threading.Lock:
    return threading.Lock()


def ended(job: Job[int]) -> Job[int]:
    job.wait(WAIT)
    assert not job.running
    return job


def test_it_says_how_far_it_is_and_what_came_out(turn: threading.Lock) -> None:
    count = Counting()
    job = Job("count", count, turn)
    assert count.begun.wait(WAIT)
    assert (job.done, job.total, job.waiting, job.result) == (0, 3, False, None)
    count.go_on.release(3)
    assert (ended(job).result, job.done, job.total) == (3, 3, 3)
    assert not turn.locked()


def test_stopped_it_ends_after_the_step_that_it_is_at(turn: threading.Lock) -> None:
    count = Counting()
    job = Job("count", count, turn)
    assert count.begun.wait(WAIT)
    job.cancel()
    count.go_on.release()
    assert ended(job).result is None and job.cancelled


def test_one_at_a_time_and_who_waits_can_leave(turn: threading.Lock) -> None:
    first, second = Counting(), Counting()
    running = Job("first", first, turn)
    assert first.begun.wait(WAIT)
    waiting = Job("second", second, turn)
    assert waiting.waiting and waiting.running
    waiting.cancel()
    ended(waiting)
    assert not second.begun.is_set()
    first.go_on.release(3)
    assert ended(running).result == 3


def test_a_visitors_error_is_kept_and_the_turn_given_back(turn: threading.Lock) -> None:
    def fails(progress: Progress, cancelled: Cancelled) -> int:
        raise NetworkError("unknown_place", place="x", network="resnet50")

    job = ended(Job("fails", fails, turn))
    assert isinstance(job.error, NetworkError) and not turn.locked()


def test_a_desk_keeps_the_last_of_each_kind(turn: threading.Lock) -> None:
    desk = Desk(turn)
    first, second = Counting(), Counting()
    given_up = desk.start("kind", 1, first)
    assert first.begun.wait(WAIT)
    kept = desk.start("kind", 2, second)
    assert given_up.cancelled and desk.job("kind") is kept and desk.job("other") is None
    first.go_on.release()
    second.go_on.release(3)
    assert ended(kept).result == 3
    desk.forget("kind")
    assert desk.job("kind") is None
