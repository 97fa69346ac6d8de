"""What runs came to: runs that differ by their seed alone put together, compared, and written out."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from statistics import fmean
from typing import Literal

from resnet_viz.training.lab.digits import CLASSES
from resnet_viz.training.lab.jobs import Run
from resnet_viz.training.lab.readings import Epoch, Step
from resnet_viz.training.lab.settings import DEPTHS, Kind, Settings

Verdict = Literal["higher", "lower", "alike"]

ENOUGH_SEEDS = 3
FACTOR, FACTOR_OF_FEW = 1.1, 2.0
"""What must lie between two mean training losses for a difference: with enough seeds, and with fewer."""

GUESS = math.log(CLASSES)
"""Training loss, in nats, of a network that gives every digit the same probability, whatever it sees."""
LEARNED = 0.95
"""Share of `GUESS` below which a training loss must be for a network that has learned more than next to nothing.

Networks that only guess wander about it, from 2.28 to 2.33 in their last epoch, and those that have begun to learn fall fast,
to 2.0 and below. At 0.95 the right digit's probability is 0.11 in the geometric mean, not 0.10: below that nothing can be told
of shortcuts or depth.
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The last epoch of complete runs of one kind of network, over their seeds."""

    settings: Settings
    """Theirs, with seed 0."""
    last: tuple[Epoch, ...]
    """The last epoch of each that did not diverge."""
    diverged: int
    """How many diverged."""

    @property
    def seeds(self) -> int:
        """How many runs there are."""
        return len(self.last) + self.diverged

    @property
    def train_loss(self) -> float:
        """Mean over the seeds, in nats."""
        return fmean(epoch.train_loss for epoch in self.last)

    @property
    def low(self) -> float:
        """The smallest training loss of a seed."""
        return min(epoch.train_loss for epoch in self.last)

    @property
    def high(self) -> float:
        """The largest training loss of a seed."""
        return max(epoch.train_loss for epoch in self.last)

    @property
    def learned(self) -> bool:
        """Whether at least one seed is clearly better than guessing, by `LEARNED`."""
        return bool(self.last) and self.low < LEARNED * GUESS

    @property
    def val_top1(self) -> float:
        """Mean validation accuracy, from 0 to 1."""
        return fmean(epoch.val_top1 for epoch in self.last)

    @property
    def train_top1(self) -> float:
        """Mean accuracy on the digits for training, from 0 to 1."""
        return fmean(epoch.train_top1 for epoch in self.last)

    @property
    def seconds(self) -> float:
        """Mean processor time of a run."""
        return fmean(epoch.seconds for epoch in self.last)


def unique(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Runs that have begun, one for each settings: a complete one where there is one, else the latest."""
    found: dict[Settings, Run] = {}
    for run in runs:
        if run.steps and not (run.settings in found and found[run.settings].complete):
            found[run.settings] = run
    return tuple(found.values())


def grouped(runs: Iterable[Run]) -> dict[Settings, tuple[Run, ...]]:
    """Runs by their settings without the seed: by kind, then shallow ones first."""
    groups: dict[Settings, tuple[Run, ...]] = {}
    for run in runs:
        groups[run.settings.unseeded] = (*groups.get(run.settings.unseeded, ()), run)
    return dict(sorted(groups.items(), key=lambda item: _order(item[0])))


def outcomes(runs: Iterable[Run]) -> tuple[Outcome, ...]:
    """What complete runs came to, group by group."""
    return tuple(
        Outcome(settings, tuple(run.epochs[-1] for run in group if not run.diverged), sum(r.diverged for r in group))
        for settings, group in grouped(run for run in runs if run.complete).items()
    )


def compare(one: Outcome, other: Outcome) -> Verdict:
    """Whether the training loss of `one` is higher than the other's: for every seed, and by more than chance makes it."""
    low, high = sorted((one.train_loss, other.train_loss))
    apart = one.low > other.high or other.low > one.high
    few = min(len(one.last), len(other.last)) < ENOUGH_SEEDS
    if not apart or high < (FACTOR_OF_FEW if few else FACTOR) * low:
        return "alike"
    return "higher" if one.train_loss > other.train_loss else "lower"


def depth_pairs(found: Sequence[Outcome], kind: Kind) -> list[tuple[Outcome, Outcome]]:
    """The shallowest and the deepest network of a kind among those that are otherwise alike, where one has learned."""
    pairs = [(family[0], family[-1]) for family in families([one for one in found if one.settings.kind == kind])]
    return [(one, other) for one, other in pairs if one is not other and (one.learned or other.learned)]


def twins(found: Sequence[Outcome]) -> list[tuple[Outcome, Outcome]]:
    """Residual and plain networks that differ by the shortcut alone, residual first, where one of them has learned."""
    by_settings = {outcome.settings: outcome for outcome in found if outcome.last}
    pairs = (
        (outcome, by_settings.get(replace(settings, kind="plain")))
        for settings, outcome in by_settings.items()
        if settings.kind == "residual"
    )
    return [(one, other) for one, other in pairs if other is not None and (one.learned or other.learned)]


def families(found: Sequence[Outcome]) -> list[tuple[Outcome, ...]]:
    """Networks that differ by kind and depth alone, in the order of `found`; without what only diverged."""
    groups: dict[Settings, tuple[Outcome, ...]] = {}
    for outcome in found:
        if outcome.last:
            key = replace(outcome.settings, kind="plain", depth=DEPTHS[0])
            groups[key] = (*groups.get(key, ()), outcome)
    return list(groups.values())


def as_csv(runs: Iterable[Run]) -> str:
    """All readings, a line a step; an epoch's numbers stand in the line of its last step."""
    text = io.StringIO()
    settings_names = [field.name for field in fields(Settings)]
    step_names = [field.name for field in fields(Step)]
    epoch_names = [field.name for field in fields(Epoch) if field.name != "step"]
    writer = csv.DictWriter(text, [*settings_names, *step_names, *epoch_names], lineterminator="\n")
    writer.writeheader()
    for run in runs:
        ends = {epoch.step: asdict(epoch) for epoch in run.epochs}
        for step in run.steps:
            # "epochs" of the settings is how many were asked for, "epoch" which one ended here.
            writer.writerow({**asdict(run.settings), **asdict(step), **ends.get(step.step, {})})
    return text.getvalue()


def _order(settings: Settings) -> tuple[object, ...]:
    return settings.norm, settings.lr, settings.width, settings.epochs, settings.kind == "plain", settings.depth
