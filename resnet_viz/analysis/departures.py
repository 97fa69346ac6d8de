"""How far two passes lie apart, place by place: two pictures in one network, or one picture before and after a cut."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch

from resnet_viz.analysis.heatmaps import heatmap_of, is_vector
from resnet_viz.forward.program import Program
from resnet_viz.forward.run import value
from resnet_viz.records import INPUT, NETWORK, Activations, Blueprint, Heatmap

Pass = tuple[Program, Activations]
"""A network, and what a pass of it kept."""


@dataclass(frozen=True, slots=True)
class Departure:
    """How far the second pass has departed from the first at one place."""

    place: str
    relative: float
    """|b - a| / |a|, L2 norms: 0 for no difference, about 1.4 for two outputs that have nothing to do with each other."""
    cosine: float
    """<a, b> / (|a| |b|): 1 for the same direction. NaN where either is all zero."""


def route(plan: Blueprint) -> tuple[str, ...]:
    """The places that are compared: the input, stages without blocks, all blocks, and the logits."""
    parts = [stage.blocks or (stage.name,) for stage in plan.stages]
    return (INPUT, *(place for part in parts for place in part), NETWORK)


def departures(first: Pass, second: Pass, places: Sequence[str]) -> tuple[Departure, ...]:
    """How far the second pass has departed from the first at each place. Raises NetworkError `unknown_place`."""
    return tuple(_departure(place, first, second) for place in places)


def gap_map(first: Pass, second: Pass, place: str) -> Heatmap:
    """Where the two differ: the L2 norm over channels of b - a, for each cell of a place that has cells."""
    one, other = (value(*each, place) for each in (first, second))
    with torch.inference_mode():
        cells = torch.linalg.vector_norm(other[0] - one[0], dim=0).numpy().copy()
    return heatmap_of(place, "difference", cells, signed=False)


def has_map(program: Program, activations: Activations, place: str) -> bool:
    """Whether a place has cells side by side."""
    return not is_vector(value(program, activations, place))


def widest(found: Sequence[Departure]) -> Departure:
    """Where the two are farthest apart, the first of equals; what has no distance does not count."""
    return max(found, key=lambda row: row.relative if math.isfinite(row.relative) else -1.0)


def closest_after(found: Sequence[Departure]) -> Departure | None:
    """Where the two come closest behind the place at which they are farthest apart; None if nothing lies behind."""
    behind = found[found.index(widest(found)) + 1 :]
    return min(behind, key=lambda row: row.relative if math.isfinite(row.relative) else math.inf, default=None)


def as_csv(found: Sequence[Departure]) -> str:
    """A row for each place as CSV, every digit kept."""
    lines = ["place,relative_distance_l2,cosine"]
    lines += [f"{row.place},{row.relative!r},{row.cosine!r}" for row in found]
    return "\n".join(lines) + "\n"


def _departure(place: str, first: Pass, second: Pass) -> Departure:
    a, b = (value(*each, place).flatten() for each in (first, second))
    with torch.inference_mode():
        gap, length, other = (_norm(x) for x in (b - a, a, b))
        dot = float((a * b).sum(dtype=torch.float64))
    relative = gap / length if length else math.nan if gap else 0.0
    cosine = max(-1.0, min(1.0, dot / (length * other))) if length and other else math.nan
    return Departure(place, relative, cosine)


def _norm(x: torch.Tensor) -> float:
    return float(torch.linalg.vector_norm(x, dtype=torch.float64))
