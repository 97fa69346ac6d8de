"""What runs came to, on readings made by hand."""

from __future__ import annotations

import csv
import math

import pytest

from resnet_viz.training.lab.curves import over_epochs, over_steps, trailing_mean
from resnet_viz.training.lab.jobs import Job, Run
from resnet_viz.training.lab.outcome import (
    GUESS,
    LEARNED,
    as_csv,
    compare,
    depth_pairs,
    families,
    grouped,
    outcomes,
    twins,
    unique,
)
from resnet_viz.training.lab.readings import Epoch, Step
from resnet_viz.training.lab.settings import KINDS, Kind, Settings
from resnet_viz.training.lab.train import BATCHES, STEPS, train


def run(kind: Kind, depth: int, loss: float, seed: int = 0, epochs: int = 1, lr: float = 0.1) -> Run:
    """A complete run of one epoch whose loss is the same throughout."""
    made = Run(Settings(kind, depth, epochs=epochs, seed=seed, lr=lr))
    for epoch in range(1, epochs + 1):
        for step in range(STEPS):
            made.add(Step((epoch - 1) * STEPS + step + 1, loss, 2.0, 1.0))
        made.add(Epoch(epoch, epoch * STEPS, loss, 0.5, loss, 0.6, 3.0))
    return made


def diverged(kind: Kind, depth: int, seed: int = 0) -> Run:
    made = Run(Settings(kind, depth, epochs=1, seed=seed))
    made.add(Step(1, math.nan, math.inf, 0.0))
    return made


def begun(kind: Kind, depth: int) -> Run:
    made = Run(Settings(kind, depth, epochs=1))
    made.add(Step(1, 2.3, 1.0, 1.0))
    return made


def test_seeds_are_put_together() -> None:
    found = outcomes([run("plain", 20, 0.4, 0), run("plain", 8, 0.1), run("plain", 20, 0.8, 1), begun("plain", 56)])
    assert [(o.settings.depth, o.seeds) for o in found] == [(8, 1), (20, 2)]
    assert (found[1].train_loss, found[1].low, found[1].high) == (pytest.approx(0.6), 0.4, 0.8)
    assert (found[1].train_top1, found[1].val_top1, found[1].seconds) == (0.5, 0.6, 3.0)


def test_what_diverged_is_counted_and_in_no_mean() -> None:
    (found,) = outcomes([run("plain", 8, 0.4), diverged("plain", 8, 1)])
    assert (found.seeds, found.diverged, found.train_loss) == (2, 1, 0.4)
    assert not depth_pairs(outcomes([diverged("plain", 8), run("plain", 20, 1.0)]), "plain")


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ([1.0], [0.4], "higher"),
        ([0.4], [1.0], "lower"),
        ([1.0], [0.6], "alike"),  # one seed: a factor of 2 is asked for
        ([1.0, 1.1, 1.2], [0.7, 0.8, 0.9], "higher"),
        ([1.0, 1.1, 1.2], [0.7, 0.8, 1.05], "alike"),  # the ranges overlap
        ([1.0, 1.0, 1.0], [0.95, 0.95, 0.95], "alike"),  # within 10 %
    ],
)
def test_a_difference_must_exceed_chance(one: list[float], other: list[float], verdict: str) -> None:
    made = [run("plain", 56, loss, seed) for seed, loss in enumerate(one)]
    made += [run("plain", 8, loss, seed) for seed, loss in enumerate(other)]
    shallow, deep = depth_pairs(outcomes(made), "plain")[0]
    assert (shallow.settings.depth, deep.settings.depth) == (8, 56)
    assert compare(deep, shallow) == verdict


def test_only_like_is_compared_with_like() -> None:
    found = outcomes([run("plain", 8, 1.0), run("plain", 20, 1.0, lr=0.3), run("residual", 8, 1.0, lr=0.3)])
    assert not depth_pairs(found, "plain") and not twins(found)
    (pair,) = twins(outcomes([run("plain", 8, 1.0), run("residual", 8, 0.1), run("plain", 20, 1.0)]))
    assert (pair[0].settings.kind, pair[1].settings.kind) == ("residual", "plain")


@pytest.mark.parametrize(("losses", "learned"), [([2.303], False), ([2.2], False), ([2.18], True), ([2.31, 1.9], True)])
def test_who_ends_at_guessing_has_learned_nothing(losses: list[float], learned: bool) -> None:
    assert abs(GUESS - 2.302585) < 1e-6 and abs(GUESS * LEARNED - 2.1875) < 1e-4
    (found,) = outcomes([run("plain", 8, loss, seed) for seed, loss in enumerate(losses)])
    assert found.learned is learned


def test_those_that_learned_nothing_are_not_compared_with_each_other() -> None:
    idle = [run(kind, depth, 2.31) for kind in KINDS for depth in (8, 56)]
    found = outcomes(idle)
    assert not twins(found) and not depth_pairs(found, "plain")
    found = outcomes([*idle[:3], run("plain", 56, 0.2)])
    assert [(one.settings.depth, other.settings.depth) for one, other in twins(found)] == [(56, 56)]
    assert len(depth_pairs(found, "plain")) == 1 and not depth_pairs(found, "residual")


def test_a_family_differs_by_kind_and_depth_alone() -> None:
    made = [run("residual", 8, 1.0), run("plain", 20, 1.0), run("plain", 20, 1.0, lr=0.3), diverged("plain", 8)]
    assert [[one.settings.depth for one in family] for family in families(outcomes(made))] == [[8, 20], [20]]


def test_a_complete_run_stands_for_others_of_its_settings() -> None:
    done, again, nothing = run("plain", 8, 0.1), begun("plain", 8), Run(Settings("plain", 20))
    assert unique([done, again, nothing]) == (done,) == unique([again, done])
    assert list(grouped([run("plain", 8, 1, 1), run("residual", 20, 1), run("residual", 8, 1)])) == [
        Settings("residual", 8, epochs=1),
        Settings("residual", 20, epochs=1),
        Settings("plain", 8, epochs=1),
    ]


def test_a_trailing_mean_is_the_epochs_mean_at_its_end() -> None:
    assert trailing_mean([1, 2, 3, 4], (3, 1)) == [1, 1.25, 2.75, 3.25]
    made = list(train(Settings("plain", 8, 8, epochs=2)))
    means = trailing_mean([one.loss for one in made if isinstance(one, Step)])
    epochs = [one.train_loss for one in made if isinstance(one, Epoch)]
    assert sum(BATCHES) == 1347 and len(means) == 2 * STEPS
    assert [means[STEPS - 1], means[-1]] == pytest.approx(epochs)


def test_a_trailing_mean_keeps_small_values_behind_large_ones() -> None:
    assert trailing_mean([1e9] * STEPS + [1e-9] * STEPS)[-1] == pytest.approx(1e-9)
    assert trailing_mean([1.0] * STEPS + [0.0] * STEPS)[-1] == 0


def test_bands_reach_as_far_as_all_seeds_have_come() -> None:
    second = Run(Settings("plain", 8, epochs=1, seed=1))
    for step in range(2):
        second.add(Step(step + 1, 2.1, 1.0, 1.0))
    band = over_steps([begun("plain", 8), second], lambda step: step.loss)
    assert band.epochs == (1 / STEPS,)
    assert (band.mean, band.low, band.high) == (((2.1 + 2.3) / 2,), (2.1,), (2.3,))


def test_a_band_ends_where_the_outcome_does_while_other_seeds_go_on_or_diverge() -> None:
    runs = [run("plain", 8, 0.4), diverged("plain", 8, 1), begun("plain", 8)]
    band = over_steps(runs, lambda step: step.loss)
    assert len(band.epochs) == STEPS and band.epochs[-1] == 1
    assert band.mean[-1] == pytest.approx(outcomes(runs)[0].train_loss)
    assert over_steps([diverged("plain", 8)], lambda step: step.loss).epochs == ()
    assert over_epochs([run("plain", 8, 1.0, epochs=3)], lambda epoch: epoch.val_top1).epochs == (1, 2, 3)


def test_the_csv_has_a_line_a_step() -> None:
    rows = list(csv.DictReader(as_csv([run("plain", 8, 0.25, epochs=2), begun("residual", 20)]).splitlines()))
    assert len(rows) == 2 * STEPS + 1
    assert rows[STEPS - 1]["epoch"] == "1" and rows[STEPS - 1]["val_top1"] == "0.6"
    assert rows[0]["val_top1"] == "" and rows[0]["loss"] == "0.25" and rows[0]["kind"] == "plain"
    assert rows[-1]["depth"] == "20" and rows[-1]["step"] == "1"


def test_a_job_knows_how_far_it_is() -> None:
    job = Job("a", [Settings("plain", 8, epochs=1), Settings("plain", 56, epochs=1)])
    assert job.share == 0 and job.current is job.runs[0]
    for reading in (*run("plain", 8, 1.0).steps, *run("plain", 8, 1.0).epochs):
        job.runs[0].add(reading)
    assert job.share == pytest.approx(8 / 64) and job.current is job.runs[1]
