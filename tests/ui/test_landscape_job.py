"""A landscape in a thread: it comes out as the analysis has it, waits for its turn, and can be stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn

from resnet_viz.analysis.landscape import Surroundings, measure
from resnet_viz.networks import weights
from resnet_viz.ui.landscape_job import LandscapeDesk, LandscapeJob, Order

WAIT = 60
ORDER = Order("resnet18", "d" * 64, 3, 3, "pictures")


class Slow(nn.Module):
    """A linear layer that says when it runs, and waits until it may go on."""

    def __init__(self) -> None:
        super().__init__()
        self.fc = nn.Linear(12, 2)
        self.begun, self.go_on = threading.Event(), threading.Event()

    def forward(self, x: Tensor) -> Tensor:
        self.begun.set()
        assert self.go_on.wait(WAIT)
        return self.fc(x.flatten(1))

    def __deepcopy__(self, memo: dict[int, object]) -> Slow:
        other = Slow()
        other.load_state_dict(self.state_dict())
        other.begun, other.go_on = self.begun, self.go_on
        return other


@pytest.fixture
def images() -> Tensor:
    return torch.randn(4, 3, 2, 2, generator=torch.Generator().manual_seed(0))


@pytest.fixture
def model(monkeypatch) -> Slow:
    torch.manual_seed(0)
    slow = Slow()
    info = weights.resolve("resnet18", "none")
    monkeypatch.setattr(weights, "load", lambda network, choice: weights.LoadedWeights(slow, info))
    return slow


def ended(job: LandscapeJob) -> LandscapeJob:
    job.wait(WAIT)
    assert not job.running
    return job


def test_it_is_the_landscape_of_the_networks_own_answers(model: Slow, images: Tensor) -> None:
    model.go_on.set()
    turn = threading.Lock()
    job = ended(LandscapeJob(ORDER, images, turn))
    answers = model(images).argmax(1)
    assert job.answers == tuple(answers.tolist())
    assert job.plane == measure(Surroundings(model, images, answers, (6, 7)), 3)
    assert job.plane is not None and job.plane.right[1][1] == 1
    assert (job.done, job.total) == (9, 9) and not turn.locked()


def test_one_at_a_time(model: Slow, images: Tensor) -> None:
    turn = threading.Lock()
    first = LandscapeJob(ORDER, images, turn)
    assert model.begun.wait(WAIT)
    second = LandscapeJob(ORDER, images, turn)
    assert second.waiting and not first.waiting
    model.go_on.set()
    assert ended(first).plane is not None
    assert ended(second).plane == first.plane


def test_one_that_waits_can_be_given_up(model: Slow, images: Tensor) -> None:
    turn = threading.Lock()
    with turn:
        job = LandscapeJob(ORDER, images, turn)
        job.cancel()
        assert ended(job).plane is None and job.cancelled


def test_one_that_runs_is_stopped_after_its_point(model: Slow, images: Tensor) -> None:
    turn = threading.Lock()
    job = LandscapeJob(ORDER, images, turn)
    assert model.begun.wait(WAIT)
    job.cancel()
    model.go_on.set()
    plane = ended(job).plane
    assert plane is not None and plane.at == (0,) and not turn.locked()


def test_a_new_order_and_a_visitor_who_leaves_give_up_what_runs(model: Slow, images: Tensor) -> None:
    desk, asked = LandscapeDesk(threading.Lock()), []
    pictures: Callable[[], Tensor] = lambda: asked.append(1) or images  # noqa: E731
    desk.start(ORDER, pictures)
    first = desk.job
    desk.start(ORDER, pictures)
    second = desk.job
    assert first is not None and second is not None and first.cancelled and not second.cancelled
    desk.close()
    assert second.cancelled and len(asked) == 2
    model.go_on.set()
    ended(first), ended(second)


def test_weights_that_fail_give_the_turn_back(monkeypatch, images: Tensor) -> None:
    def broken(network: str, choice: str) -> None:
        raise RuntimeError("no such file")

    monkeypatch.setattr(weights, "load", broken)
    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    turn = threading.Lock()
    assert ended(LandscapeJob(ORDER, images, turn)).plane is None
    assert not turn.locked()
