"""The lab of a server: one at a time, in the order of coming, pauses let others go first, no job without its visitor."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from resnet_viz.training.lab import laboratory as module
from resnet_viz.training.lab.jobs import Job
from resnet_viz.training.lab.laboratory import Laboratory
from resnet_viz.training.lab.messages import write_reading, write_sign
from resnet_viz.training.lab.process import Worker
from resnet_viz.training.lab.readings import Step
from resnet_viz.training.lab.settings import Settings

PLAN = [Settings("plain", 8, epochs=1)]
PATIENCE = 30.0

STAND_IN = f"""
import json, sys, time, threading
halt = threading.Event()
sys.stdin.readline()
def listen():
    for line in sys.stdin:
        halt.set() if json.loads(line)["pause"] else halt.clear()
    import os; os._exit(0)
threading.Thread(target=listen, daemon=True).start()
for _ in range(int(sys.argv[1])):
    print('{write_reading(0, Step(1, 2.0, 1.0, 0.5))}', flush=True)
    if halt.is_set():
        print('{write_sign("halted")}', flush=True)
        while halt.is_set():
            time.sleep(0.005)
    time.sleep(0.005)
if len(sys.argv) < 3:
    print('{write_sign("done")}', flush=True)
"""
"""A worker that learns nothing, quickly: so many readings, then it is done, or, with a further word, gone."""


def stand_in(*words: object) -> Callable[[], Worker]:
    return lambda: Worker([sys.executable, "-c", STAND_IN, *map(str, words)])


@contextmanager
def opened(
    make: Callable[[], Worker], present: Callable[[str], bool] = lambda _: True, grace: float = 0.2
) -> Iterator[Laboratory]:
    lab = Laboratory(present, grace=grace, make=make)
    try:
        yield lab
    finally:
        lab.close()


@pytest.fixture(autouse=True)
def _watchful(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WATCH", 0.02)


def until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < ends, "waited in vain"
        time.sleep(0.005)


def steps(job: Job) -> int:
    return len(job.runs[0].steps)


def test_a_job_runs_to_its_end() -> None:
    with opened(stand_in(20)) as lab:
        job = lab.submit("a", PLAN)
        assert job.ended.wait(PATIENCE)
        assert job.state == "done" and not job.living and steps(job) == 20


def test_one_at_a_time_in_the_order_of_coming() -> None:
    with opened(stand_in(60)) as lab:
        first, second, third = (lab.submit(name, PLAN) for name in "abc")
        until(lambda: steps(first) > 0)
        assert [lab.ahead(job) for job in (first, second, third)] == [0, 1, 2]
        assert steps(second) == steps(third) == 0
        assert first.ended.wait(PATIENCE)
        until(lambda: steps(second) > 0)
        assert lab.ahead(third) == 1 and steps(third) == 0
        assert third.ended.wait(PATIENCE) and second.state == third.state == "done"


def test_a_pause_lets_others_go_first_and_loses_nothing() -> None:
    with opened(stand_in(100)) as lab:
        first, second = lab.submit("a", PLAN), lab.submit("b", PLAN)
        until(lambda: steps(first) > 3)
        lab.pause(first)
        assert second.ended.wait(PATIENCE)
        halted_at = steps(first)
        assert first.state == "paused" and first.living and halted_at < 100
        lab.go_on(first)
        assert first.ended.wait(PATIENCE) and first.state == "done" and steps(first) == 100


def test_a_pause_may_be_taken_back_at_once() -> None:
    with opened(stand_in(200)) as lab:
        job = lab.submit("a", PLAN)
        until(lambda: steps(job) > 0)
        for _ in range(5):
            lab.pause(job)
            lab.go_on(job)
        assert job.ended.wait(PATIENCE) and job.state == "done" and steps(job) == 200


def test_a_waiting_job_can_pause() -> None:
    with opened(stand_in(100)) as lab:
        first, second = lab.submit("a", PLAN), lab.submit("b", PLAN)
        lab.pause(second)
        assert first.ended.wait(PATIENCE)
        assert second.state == "paused" and steps(second) == 0
        lab.go_on(second)
        assert second.ended.wait(PATIENCE) and second.state == "done"


@pytest.mark.parametrize("paused", [False, True])
def test_cancelling_ends_the_process_and_keeps_what_was_read(paused: bool) -> None:
    made: list[Worker] = []

    def make() -> Worker:
        made.append(stand_in(10_000)())
        return made[-1]

    with opened(make) as lab:
        job, waiting = lab.submit("a", PLAN), lab.submit("b", PLAN)
        until(lambda: steps(job) > 3)
        if paused:
            lab.pause(job)
        lab.cancel(job)
        assert job.state == "cancelled" and job.ended.is_set() and steps(job) > 3
        assert not made[0].alive
        lab.go_on(job)
        assert job.state == "cancelled"
        until(lambda: steps(waiting) > 0)
        lab.cancel(waiting)


def test_a_process_that_is_gone_too_soon_is_a_failure_and_the_next_has_its_turn() -> None:
    workers = iter([stand_in(5, "gone")(), stand_in(5)()])
    with opened(lambda: next(workers)) as lab:
        first, second = lab.submit("a", PLAN), lab.submit("b", PLAN)
        assert first.ended.wait(PATIENCE) and first.state == "failed" and steps(first) == 5
        assert second.ended.wait(PATIENCE) and second.state == "done"


def test_no_process_to_be_had_is_a_failure() -> None:
    def refuse() -> Worker:
        raise OSError("no memory")

    with opened(refuse) as lab:
        job = lab.submit("a", PLAN)
        assert job.ended.wait(PATIENCE) and job.state == "failed"


def test_a_job_does_not_outlive_its_visitor_and_outlives_a_short_absence() -> None:
    there = {"a", "b"}
    with opened(stand_in(10_000), lambda owner: owner in there) as lab:
        job, waiting = lab.submit("a", PLAN), lab.submit("b", PLAN)
        until(lambda: steps(job) > 0)
        there.clear()
        time.sleep(0.06)
        there.update({"a", "b"})
        time.sleep(0.3)
        assert job.living and waiting.living
        there.discard("b")
        assert waiting.ended.wait(PATIENCE) and waiting.state == "abandoned" and job.living
        there.discard("a")
        assert job.ended.wait(PATIENCE) and job.state == "abandoned"


def test_who_is_away_lets_others_go_first_and_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "AWAY", 0.05)
    there = {"b"}
    with opened(stand_in(300), lambda owner: owner in there, grace=PATIENCE) as lab:
        first = lab.submit("a", PLAN)
        until(lambda: steps(first) > 3)
        time.sleep(0.1)
        assert first.state == "running"  # nobody waits
        second = lab.submit("b", PLAN)
        until(lambda: steps(second) > 0)
        assert first.state == "waiting" and steps(first) < 300 and lab.ahead(first) == 1
        there.add("a")
        assert second.ended.wait(PATIENCE) and second.state == "done"
        assert first.ended.wait(PATIENCE) and first.state == "done" and steps(first) == 300


def test_a_pause_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_PAUSE", 0.1)
    with opened(stand_in(10_000)) as lab:
        job = lab.submit("a", PLAN)
        lab.pause(job)
        assert job.ended.wait(PATIENCE) and job.state == "abandoned"


def test_a_worker_kept_ready_is_used_once_and_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Worker] = []

    def make() -> Worker:
        made.append(stand_in(3)())
        return made[-1]

    with opened(make) as lab:
        lab.warm_up()
        lab.warm_up()
        assert len(made) == 1
        for _ in range(2):
            assert lab.submit("a", PLAN).ended.wait(PATIENCE)
        assert len(made) == 2
        monkeypatch.setattr(module, "SPARE_LIFE", 0.05)
        lab.warm_up()
        until(lambda: not made[2].alive)


def test_closing_ends_all() -> None:
    with opened(stand_in(10_000)) as lab:
        jobs = [lab.submit("a", PLAN), lab.submit("b", PLAN)]
        until(lambda: steps(jobs[0]) > 0)
    assert [job.state for job in jobs] == ["cancelled", "cancelled"]


def test_a_real_worker_trains() -> None:
    with opened(Worker) as lab:
        lab.warm_up()
        job = lab.submit("a", [Settings("plain", 8, 8, epochs=1), Settings("residual", 8, 8, epochs=1)])
        assert job.ended.wait(PATIENCE * 2) and job.state == "done"
        assert job.share == 1 and job.current is None and all(run.complete for run in job.runs)
