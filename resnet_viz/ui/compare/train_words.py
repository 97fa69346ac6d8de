"""What runs of the lab came to, in sentences that follow from their numbers alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from resnet_viz.training.lab.curves import Band
from resnet_viz.training.lab.outcome import (
    ENOUGH_SEEDS,
    FACTOR,
    FACTOR_OF_FEW,
    GUESS,
    Outcome,
    compare,
    depth_pairs,
    families,
    twins,
)
from resnet_viz.training.lab.settings import KINDS, Settings
from resnet_viz.ui.compare.train_names import name_of, size
from resnet_viz.ui.state import prose, t

LARGE_RATE = 0.1
"""From this learning rate on, a smaller one is the advice for networks that learned nothing."""


def findings(came_to: Sequence[Outcome]) -> Iterator[str]:
    """A sentence for what learned nothing, for each comparison that the runs allow, and for what diverged."""
    among = [outcome.settings for outcome in came_to]
    for family in families(came_to):
        yield from _nothing_learned(family, among)
    for kind in KINDS:
        for shallow, deep in depth_pairs(came_to, kind):
            yield t(
                f"train.depth.{compare(deep, shallow)}",
                shallow=name_of(shallow.settings, among),
                deep=name_of(deep.settings, among),
                before=_loss(shallow),
                after=_loss(deep),
                factor=_factor(shallow, deep),
            )
    for residual, plain in twins(came_to):
        yield t(
            f"train.twins.{compare(plain, residual)}",
            residual=name_of(residual.settings, among),
            plain=name_of(plain.settings, among),
            mine=_loss(residual),
            other=_loss(plain),
            factor=_factor(residual, plain),
        )
    for outcome in came_to:
        if outcome.diverged:
            name = name_of(outcome.settings, among)
            yield t("train.diverged", name=name, diverged=outcome.diverged, runs=outcome.seeds)


def limits(came_to: Sequence[Outcome]) -> Iterator[str]:
    """What the findings rest on: how many seeds, and what counts as a difference."""
    fewest = min(outcome.seeds for outcome in came_to)
    yield t("train.one_seed") if fewest == 1 else t("train.seeds_said", seeds=fewest)
    yield t("train.alike", seeds=ENOUGH_SEEDS, factor=FACTOR, of_few=FACTOR_OF_FEW)


def extremes(loss: Mapping[Settings, Band], values: Mapping[Settings, Band], say: Callable[[float], str]) -> str:
    """The last values of the two networks whose training loss is highest and lowest so far, or of the only one."""
    begun = sorted((s for s in loss if loss[s].mean and values[s].mean), key=lambda s: loss[s].mean[-1])
    if not begun:
        return ""
    low, high = begun[0], begun[-1]
    names = [name_of(settings, list(loss)) for settings in (low, high)]
    if low == high:
        return t("train.alone", name=names[0], value=say(values[low].mean[-1]))
    at = [say(values[settings].mean[-1]) for settings in (low, high)]
    return t("train.extremes", best=names[0], at_best=at[0], worst=names[1], at_worst=at[1])


def vanished(values: Mapping[Settings, Band]) -> Iterator[str]:
    """A remark where the last value of a network is 0, which a log axis cannot show."""
    gone = [settings for settings, band in values.items() if band.mean and band.mean[-1] <= 0]
    if gone:
        yield t("train.vanished", names=_listed(gone, list(values)))


def _nothing_learned(family: Sequence[Outcome], among: Sequence[Settings]) -> Iterator[str]:
    """What of a family is no better than guessing; where that is all of it, its settings are to blame, and others advised."""
    idle = [outcome for outcome in family if not outcome.learned]
    if not idle:
        return
    names = _listed([outcome.settings for outcome in idle], among)
    losses = [outcome.train_loss for outcome in idle]
    low, high = (f"{end:.2f}" for end in (min(losses), max(losses)))
    loss = low if low == high else t("train.nothing.range", low=low, high=high)
    said = t("train.nothing.learned", names=names, loss=loss, guess=f"{GUESS:.2f}")
    if len(idle) == len(family):
        said = prose([said, t("train.nothing.all"), _advice(family[0].settings)])
    yield said


def _listed(some: Sequence[Settings], among: Sequence[Settings]) -> tuple[str, ...]:
    """Names in bold, to be listed: there are commas in them."""
    return tuple(f"**{name_of(settings, among)}**" for settings in some)


def _advice(settings: Settings) -> str:
    """What to change where every network with these settings learned nothing."""
    rate = "smaller" if settings.lr >= LARGE_RATE else "longer"
    return t(f"train.advice.{settings.norm}_{rate}")


def _loss(outcome: Outcome) -> str:
    """`0.61`, and with several seeds `0.61 (0.55 to 0.70)`."""
    mean = size(outcome.train_loss)
    if len(outcome.last) == 1:
        return mean
    return t("train.range", mean=mean, low=size(outcome.low), high=size(outcome.high))


def _factor(one: Outcome, other: Outcome) -> str:
    low, high = sorted((one.train_loss, other.train_loss))
    return f"{high / low:.1f}"
