"""Curves from readings: smoothed over an epoch, and seeds put together as mean, least and greatest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from statistics import fmean

from resnet_viz.training.lab.jobs import Run
from resnet_viz.training.lab.readings import Epoch, Step
from resnet_viz.training.lab.train import STEPS


@dataclass(frozen=True, slots=True)
class Band:
    """Values over epochs: of one run, or of several seeds as far as all of them have come."""

    epochs: tuple[float, ...]
    mean: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


def trailing_mean(values: Sequence[float], window: int = STEPS) -> list[float]:
    """The mean of each value and those before it, `window` at most: at the end of an epoch, the mean of the epoch."""
    sums = [0.0, *accumulate(values)]
    return [(sums[n] - sums[max(0, n - window)]) / min(n, window) for n in range(1, len(values) + 1)]


def over_steps(runs: Sequence[Run], of: Callable[[Step], float]) -> Band:
    """A quantity of each step, smoothed over an epoch; epochs are counted in steps, so they are no whole numbers."""
    rows = [trailing_mean([of(step) for step in run.steps if not step.diverged]) for run in runs]
    return _band(rows, lambda index: (index + 1) / STEPS)


def over_epochs(runs: Sequence[Run], of: Callable[[Epoch], float]) -> Band:
    """A quantity of each epoch."""
    return _band([[of(epoch) for epoch in run.epochs] for run in runs], lambda index: index + 1)


def _band(rows: Sequence[Sequence[float]], x: Callable[[int], float]) -> Band:
    columns = list(zip(*rows, strict=False))
    return Band(
        tuple(x(index) for index in range(len(columns))),
        tuple(fmean(column) for column in columns),
        tuple(min(column) for column in columns),
        tuple(max(column) for column in columns),
    )
