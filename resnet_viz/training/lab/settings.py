"""What one run of the lab is: kind, depth and all else that its curve follows from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

Kind = Literal["residual", "plain"]
KINDS: tuple[Kind, ...] = get_args(Kind)

Norm = Literal["batch", "none"]
NORMS: tuple[Norm, ...] = get_args(Norm)

DEPTHS = tuple(range(8, 57, 6))
"""Weighted layers that are offered: 6 n + 2, as He et al. count on CIFAR-10."""

WIDTHS = (8, 16, 32)
RATES = (0.01, 0.03, 0.1, 0.3)
EPOCHS = range(1, 25)
MOST_SEEDS = 5
MOST_DEPTHS = 3
"""Depths of one job at most, so that others need not wait for long."""

BATCH = 128
MOMENTUM = 0.9
DECAY = 1e-4
CLIP = 5.0
"""The gradient's norm is cut to this before each step."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The arguments of a run. Raises ValueError for what is not offered."""

    kind: Kind
    depth: int = 20
    width: int = 16
    norm: Norm = "batch"
    lr: float = 0.1
    epochs: int = 8
    seed: int = 0

    def __post_init__(self) -> None:
        offered: tuple[tuple[str, Sequence[object]], ...] = (
            ("kind", KINDS),
            ("depth", DEPTHS),
            ("width", WIDTHS),
            ("norm", NORMS),
            ("lr", RATES),
            ("epochs", EPOCHS),
            ("seed", range(MOST_SEEDS)),
        )
        for name, values in offered:
            if getattr(self, name) not in values:
                raise ValueError(f"{name} = {getattr(self, name)}: one of {list(values)} is expected")

    @property
    def unseeded(self) -> Settings:
        """The same with seed 0: what the runs of several seeds have in common."""
        return replace(self, seed=0)


def plan(kinds: Sequence[Kind], depths: Sequence[int], seeds: int, common: Settings) -> tuple[Settings, ...]:
    """All runs of these kinds, depths and seeds, otherwise like `common`: the first seed of all first, shallow ones first."""
    return tuple(
        replace(common, kind=kind, depth=depth, seed=seed)
        for seed in range(seeds)
        for depth in sorted(depths)
        for kind in KINDS
        if kind in kinds
    )
