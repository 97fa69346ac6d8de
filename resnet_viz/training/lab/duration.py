"""How long a job will take: a rough estimate from what layers were measured to cost."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Literal

from resnet_viz.training.lab.settings import Norm, Settings

Unit = Literal["seconds", "minute", "minutes"]

LAYER_SECONDS: Mapping[tuple[Norm, int], float] = MappingProxyType(
    {
        ("batch", 8): 0.020,
        ("batch", 16): 0.030,
        ("batch", 32): 0.075,
        ("none", 8): 0.013,
        ("none", 16): 0.017,
        ("none", 32): 0.056,
    }
)
"""Processor seconds that one weighted layer takes in one epoch, by batch norm and channels.

Measured at 8, 20 and 56 layers over two epochs on one core of an EPYC, rounded up; with shortcuts and without it is the same.
Four times the operations do not take four times as long: maps of 8x8 are so small that each layer's overhead counts.
"""


def expected(settings: Settings) -> float:
    """Processor seconds that a run will take: layers times epochs times what one of them takes."""
    return settings.depth * settings.epochs * LAYER_SECONDS[settings.norm, settings.width]


def about(runs: Iterable[Settings]) -> tuple[int, Unit]:
    """What these runs will take, one after another, as coarse as it is known: tens of seconds, minutes, then five of them."""
    seconds = sum(expected(settings) for settings in runs)
    if seconds <= 50:
        return max(10, 10 * math.ceil(seconds / 10)), "seconds"
    minutes = math.ceil(seconds / 60 - 0.25)
    if minutes == 1:
        return 1, "minute"
    return minutes if minutes <= 10 else 5 * math.ceil(minutes / 5), "minutes"
