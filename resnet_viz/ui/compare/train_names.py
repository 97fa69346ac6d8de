"""What the lab's networks are called beside others: in a sentence, and in the few letters behind the end of a line."""

from __future__ import annotations

from collections.abc import Sequence

from resnet_viz.analysis.numbers import magnitude
from resnet_viz.training.lab.settings import Settings
from resnet_viz.ui.state import t

VARIED = ("norm", "lr", "width", "epochs")
"""In what networks may differ besides kind, depth and seed."""


def name_of(settings: Settings, among: Sequence[Settings]) -> str:
    """Kind and depth, and whatever else tells these networks apart."""
    parts = [t(f"train.names.{settings.kind}", depth=settings.depth)]
    parts += [_words(settings, name) for name in VARIED if _values(among, name) > 1]
    return " · ".join(parts)


def mark_of(settings: Settings, among: Sequence[Settings]) -> str:
    """The depth, and no more of what differs than is needed to tell the variants apart."""
    telling: tuple[str, ...] = ()
    for name in VARIED:
        if _values(among, *telling, name) > _values(among, *telling):
            telling = (*telling, name)
    return " ".join([str(settings.depth), *(_letters(settings, name) for name in telling)])


def variant_of(settings: Settings, among: Sequence[Settings]) -> int:
    """Which variant it is among these, from 0: networks of one variant differ by kind, depth and seed alone."""
    return list(dict.fromkeys(_variant(one) for one in among)).index(_variant(settings))


def size(value: float) -> str:
    """A value of a curve, which may have come to 0."""
    return magnitude(value) if value > 0 else "0"


def _variant(settings: Settings) -> tuple[object, ...]:
    return tuple(getattr(settings, name) for name in VARIED)


def _values(among: Sequence[Settings], *names: str) -> int:
    """How many settings there are of these, by these names alone."""
    return len({tuple(getattr(one, name) for name in names) for one in among})


def _words(settings: Settings, name: str) -> str:
    if name == "norm":
        return t(f"train.norm_names.{settings.norm}")
    return t(f"train.varied.{name}", value=getattr(settings, name))


def _letters(settings: Settings, name: str) -> str:
    if name == "norm":
        return t(f"train.norm_marks.{settings.norm}")
    return t(f"train.marks.{name}", value=getattr(settings, name))
