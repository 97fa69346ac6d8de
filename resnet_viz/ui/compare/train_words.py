"""What runs of the lab came to, in sentences that follow from their numbers alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from resnet_viz.analysis.numbers import magnitude
from resnet_viz.training.lab.curves import Band
from resnet_viz.training.lab.outcome import ENOUGH_SEEDS, FACTOR, FACTOR_OF_FEW, Outcome, compare, depth_pairs, twins
from resnet_viz.training.lab.settings import KINDS, Settings
from resnet_viz.ui.state import t


def findings(came_to: Sequence[Outcome]) -> Iterator[str]:
    """A sentence for each comparison that the runs allow, across depths and between twins, and for what diverged."""
    among = [outcome.settings for outcome in came_to]
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


def name_of(settings: Settings, among: Sequence[Settings]) -> str:
    """Kind and depth, and whatever else tells these networks apart."""
    parts = [t(f"train.names.{settings.kind}", depth=settings.depth)]
    if len({one.norm for one in among}) > 1:
        parts.append(t(f"train.norm_names.{settings.norm}"))
    if len({one.lr for one in among}) > 1:
        parts.append(t("train.lr_name", lr=settings.lr))
    if len({one.width for one in among}) > 1:
        parts.append(t("train.width_name", width=settings.width))
    if len({one.epochs for one in among}) > 1:
        parts.append(t("train.epochs_name", epochs=settings.epochs))
    return " · ".join(parts)


def _loss(outcome: Outcome) -> str:
    """`0.61`, and with several seeds `0.61 (0.55 to 0.70)`."""
    mean = magnitude(outcome.train_loss)
    if len(outcome.last) == 1:
        return mean
    return t("train.range", mean=mean, low=magnitude(outcome.low), high=magnitude(outcome.high))


def _factor(one: Outcome, other: Outcome) -> str:
    low, high = sorted((one.train_loss, other.train_loss))
    return f"{high / low:.1f}"
