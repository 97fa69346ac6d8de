"""A run: its first steps against PyTorch by hand, and degradation as the table of measured values has it."""

from __future__ import annotations

import math
from functools import cache

import pytest
import torch
from torch.nn import functional as F

from resnet_viz.training.lab.digits import digits
from resnet_viz.training.lab.network import DigitNet, build
from resnet_viz.training.lab.readings import Epoch, Reading, Step
from resnet_viz.training.lab.settings import Kind, Norm, Settings
from resnet_viz.training.lab.train import STEPS, train


@cache
def readings(kind: Kind, depth: int, width: int = 8, epochs: int = 4, norm: Norm = "batch") -> tuple[Reading, ...]:
    return tuple(train(Settings(kind, depth, width, norm, epochs=epochs)))


def epochs(found: tuple[Reading, ...]) -> list[Epoch]:
    return [reading for reading in found if isinstance(reading, Epoch)]


def steps(found: tuple[Reading, ...]) -> list[Step]:
    return [reading for reading in found if isinstance(reading, Step)]


def test_the_first_step_is_what_autograd_says() -> None:
    first = steps(readings("residual", 8))[0]
    model, (training, _) = build(Settings("residual", 8, 8)), digits()
    order = torch.randperm(len(training), generator=torch.Generator().manual_seed(0))[:128]
    loss = F.cross_entropy(model(training.images[order]), training.targets[order])
    gradients = torch.autograd.grad(loss, list(model.parameters()))
    assert first.loss == pytest.approx(loss.item(), rel=1e-5)
    assert first.grad_norm == pytest.approx(math.sqrt(sum(g.pow(2).sum().item() for g in gradients)), rel=1e-3)
    assert first.first_norm == pytest.approx(gradients[0].norm().item(), rel=1e-3)


def test_an_epoch_sums_its_steps_up() -> None:
    found = readings("plain", 8)
    assert len(steps(found)) == 4 * STEPS and [e.epoch for e in epochs(found)] == [1, 2, 3, 4]
    assert [e.step for e in epochs(found)] == [STEPS * n for n in (1, 2, 3, 4)]
    sizes = [128] * 10 + [1347 - 1280]
    expected = sum(s.loss * n for s, n in zip(steps(found)[:STEPS], sizes, strict=True)) / 1347
    assert epochs(found)[0].train_loss == pytest.approx(expected)


def test_a_run_follows_from_its_settings() -> None:
    again = tuple(train(Settings("plain", 8, 8, epochs=1)))
    assert steps(again) == steps(readings("plain", 8))[:STEPS]


def test_depth_makes_a_plain_network_worse_and_a_residual_one_not() -> None:
    plain, residual = (
        [epochs(readings(kind, depth, width=16))[-1] for depth in (8, 20)] for kind in ("plain", "residual")
    )
    assert plain[1].train_loss > 1.3 * plain[0].train_loss
    assert residual[1].train_loss < 1.2 * residual[0].train_loss
    assert plain[1].train_loss > 3 * residual[1].train_loss
    assert min(e.val_top1 for e in residual) > 0.9


def test_validation_does_not_lag() -> None:
    last = epochs(readings("residual", 8, width=16))[-1]
    assert last.val_top1 > last.train_top1 - 0.1


def test_a_run_ends_where_its_loss_is_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(settings: Settings) -> DigitNet:
        model = build(settings)
        torch.nn.init.constant_(model.fc.weight, math.inf)
        return model

    monkeypatch.setattr("resnet_viz.training.lab.train.build", broken)
    found = tuple(train(Settings("plain", 8, 8)))
    assert len(found) == 1
    assert isinstance(found[0], Step) and found[0].diverged
