"""Curves from readings: smoothed over an epoch, and seeds put together as mean, least and greatest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from statistics import fmean

from resnet_viz.training.lab.jobs import Run
from resnet_viz.training.lab.readings import Epoch, Step
from resnet_viz.training.lab.train import BATCHES, STEPS


@dataclass(frozen=True, slots=True)
class Band:
    """Values over epochs: of one run, or of several seeds."""

    epochs: tuple[float, ...]
    mean: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


def trailing_mean(values: Sequence[float], weights: Sequence[int] = BATCHES) -> list[float]:
    """The weighted mean of each value and those before it, as many as there are `weights`, which come again and again.

    Weighted by the digits of each batch, it is at the end of an epoch the epoch's own mean.
    """
    window = len(weights)
    weight = list(islice(cycle(weights), len(values)))
    weighted = [value * by for value, by in zip(values, weight, strict=True)]
    # Each window is summed anew: differences of running sums lose the small values that come after large ones.
    starts = (max(0, end - window) for end in range(1, len(values) + 1))
    return [sum(weighted[start:end]) / sum(weight[start:end]) for end, start in enumerate(starts, 1)]


def over_steps(runs: Sequence[Run], of: Callable[[Step], float]) -> Band:
    """A quantity of each step, smoothed over an epoch; epochs are counted in steps, so they are no whole numbers."""
    rows = [trailing_mean([of(step) for step in run.steps if not step.diverged]) for run in _counted(runs)]
    return _band(rows, lambda index: (index + 1) / STEPS)


def over_epochs(runs: Sequence[Run], of: Callable[[Epoch], float]) -> Band:
    """A quantity of each epoch."""
    return _band([[of(epoch) for epoch in run.epochs] for run in _counted(runs)], lambda index: index + 1)


def _counted(runs: Sequence[Run]) -> Sequence[Run]:
    """The seeds that came to their end, as the outcome counts them; before there is one, all, as far as all have come."""
    return [run for run in runs if run.complete and not run.diverged] or runs


def _band(rows: Sequence[Sequence[float]], x: Callable[[int], float]) -> Band:
    columns = list(zip(*rows, strict=False))
    return Band(
        tuple(x(index) for index in range(len(columns))),
        tuple(fmean(column) for column in columns),
        tuple(min(column) for column in columns),
        tuple(max(column) for column in columns),
    )
