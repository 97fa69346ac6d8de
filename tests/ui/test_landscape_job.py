"""A landscape as long work: it comes out as the analysis has it, and as its whole middle where it is stopped."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from resnet_viz.analysis.landscape import Surroundings, measure
from resnet_viz.networks import weights
from resnet_viz.ui.landscape_job import Order, landscape_work

ORDER = Order("resnet18", "d" * 64, 3, 3, "pictures")


@pytest.fixture
def images() -> Tensor:
    return torch.randn(4, 3, 2, 2, generator=torch.Generator().manual_seed(0))


@pytest.fixture
def model(monkeypatch) -> nn.Module:
    torch.manual_seed(0)
    small = nn.Sequential(nn.Flatten(), nn.Linear(12, 2))
    info = weights.resolve("resnet18", "none")
    monkeypatch.setattr(weights, "load", lambda network, choice: weights.LoadedWeights(small, info))
    return small


def test_it_is_the_landscape_of_the_networks_own_answers(model: nn.Module, images: Tensor) -> None:
    steps: list[tuple[int, int]] = []
    found = landscape_work(ORDER, images)(lambda *step: steps.append(step), lambda: False)
    answers = model(images).argmax(1)
    assert found.order == ORDER and found.answers == tuple(answers.tolist())
    assert found.plane == measure(Surroundings(model, images, answers, (6, 7)), 3)
    assert found.plane.right[1][1] == 1
    assert steps == [(done, 9) for done in range(10)]


def test_stopped_at_once_it_is_one_point(model: nn.Module, images: Tensor) -> None:
    found = landscape_work(ORDER, images)(lambda *step: None, lambda: True)
    assert found.plane.at == (0,)
