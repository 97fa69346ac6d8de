"""Learning curves that a command of this project has stored: read, put in order, and said in numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from resnet_viz.networks.catalog import spec

Kind = Literal["residual", "plain"]
Quantity = Literal["train_loss", "train_top1", "val_loss", "val_top1", "grad_norm"]
QUANTITIES: tuple[Quantity, ...] = get_args(Quantity)

FAIR = (18, 34)
"""Depths whose networks are built of the same blocks; 50 layers change the block too."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a finished network came to, on all validation images."""

    size: int
    """Side of the images in pixels."""
    top1: float
    """Share of the images that were answered right."""


@dataclass(frozen=True, slots=True)
class LearningCurve:
    """One network's run, epoch by epoch."""

    network: str
    kind: Kind
    depth: int
    about: Mapping[str, object]
    """What the run was: versions, precision, numbers of images."""
    rows: tuple[Mapping[str, float], ...]
    outcome: Outcome | None

    def values(self, quantity: Quantity) -> tuple[float, ...]:
        """A quantity after each epoch."""
        return tuple(row[quantity] for row in self.rows)


@dataclass(frozen=True, slots=True)
class LearningCurves:
    """Runs of one recipe."""

    recipe: Mapping[str, object]
    command: str
    curves: tuple[LearningCurve, ...]
    missing: tuple[str, ...]
    """Architectures of the recipe that are not trained to the end."""

    def of(self, kind: Kind) -> tuple[LearningCurve, ...]:
        """The runs of one kind, shallow to deep."""
        return tuple(sorted((curve for curve in self.curves if curve.kind == kind), key=lambda curve: curve.depth))

    @property
    def depths(self) -> tuple[int, ...]:
        """Of both kinds, shallow to deep."""
        return tuple(sorted({curve.depth for curve in self.curves}))

    def at(self, kind: Kind, depth: int) -> LearningCurve | None:
        """The run of this kind and depth; None where it is missing."""
        return next((curve for curve in self.of(kind) if curve.depth == depth), None)

    def deeper(self, kind: Kind, quantity: Quantity) -> tuple[float, float] | None:
        """A quantity after the last epoch at the two depths of `FAIR`; None where one of them is missing."""
        few, many = (self.at(kind, depth) for depth in FAIR)
        return (few.rows[-1][quantity], many.rows[-1][quantity]) if few and many else None

    def deeper_top1(self, kind: Kind) -> tuple[float, float] | None:
        """The share of all validation images that is answered right at the two depths of `FAIR`, or None as above."""
        few, many = (curve.outcome if curve else None for curve in (self.at(kind, depth) for depth in FAIR))
        return (few.top1, many.top1) if few and many else None


def read(file: Path) -> LearningCurves | None:
    """The curves in a file that `python -m resnet_viz.training.curves` wrote; None where there is no such file."""
    if not file.is_file():
        return None
    found = json.loads(file.read_text(encoding="utf-8"))
    curves = tuple(_curve(run) for run in found["runs"])
    return LearningCurves(found["recipe"], found["command"], curves, tuple(found["missing"]))


def as_csv(curves: Sequence[LearningCurve]) -> str:
    """A line for each epoch of each network, every digit kept."""
    lines = [",".join(("network", "epoch", "size", *QUANTITIES))]
    for curve in curves:
        for row in curve.rows:
            cells = [f"{row[name]!r}" for name in ("epoch", "size", *QUANTITIES)]
            lines.append(",".join([curve.network, *cells]))
    return "\n".join(lines) + "\n"


def _curve(run: Mapping[str, object]) -> LearningCurve:
    network, rows = str(run["network"]), run["rows"]
    about = {name: value for name, value in run.items() if name not in {"network", "rows", "final"}}
    return LearningCurve(
        network=network,
        kind="plain" if spec(network).family == "plain" else "residual",
        depth=int("".join(filter(str.isdigit, network))),
        about=about,
        rows=tuple(rows) if isinstance(rows, list) else (),
        outcome=_outcome(run["final"]),
    )


def _outcome(final: object) -> Outcome | None:
    """Of a run's figures by size, those at the largest."""
    if not isinstance(final, dict) or not final:
        return None
    size = max(map(int, final))
    return Outcome(size, float(final[str(size)]["top1"]))
