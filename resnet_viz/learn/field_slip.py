"""What went wrong on the way to a receptive field: the usual slips, each worked out to the number that it gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from resnet_viz.learn.trail import windows
from resnet_viz.learn.typed import read_number
from resnet_viz.records import Blueprint

Slip = Literal["no_steps", "own_stride", "no_pixel", "one_short"]
"""no_steps: strides left out. own_stride: a window's own stride taken for its growth. no_pixel: begun with 0 instead of
1. one_short: the last window left out."""


def field_slip(plan: Blueprint, place: str, typed: str) -> Slip | None:
    """The slip that leads to what was typed about the field at `place`; None where it is none that is known."""
    written = read_number(typed)
    if written is None:
        return None
    return next((slip for slip, field in _fields(plan, place).items() if field == written.value), None)


def _fields(plan: Blueprint, place: str) -> Mapping[Slip, int]:
    right = before = flat = early = step = 1
    for found in windows(plan, place):
        if found.kernel > 1:
            before = right
        right += (found.kernel - 1) * step
        flat += found.kernel - 1
        step *= found.stride
        early += (found.kernel - 1) * step
    slips: dict[Slip, int] = {"no_steps": flat, "own_stride": early, "no_pixel": right - 1, "one_short": before}
    return {slip: field for slip, field in slips.items() if field != right}
