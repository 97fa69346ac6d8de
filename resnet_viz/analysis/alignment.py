"""Two blueprints beside each other, row by row: what stands at the same place, and what one network alone has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from resnet_viz.networks.catalog import Family, spec
from resnet_viz.records import NETWORK, BlockRecord, Blueprint, LayerRecord

Mark = Literal["same", "changed", "left", "right"]
"""same: alike in all that is counted; changed: a counterpart that differs; left, right: in one network alone."""

Side = Literal["left", "right"]

Table = npt.NDArray[np.int64]

NAMED_ALIKE: frozenset[Family] = frozenset({"resnet", "plain"})
"""Families whose places mean the same in each other: `layer3.2.conv2`."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: an operation of the left network, its counterpart in the right one, or both."""

    left: LayerRecord | None
    right: LayerRecord | None

    @property
    def mark(self) -> Mark:
        """How the two sides differ."""
        if self.left is None or self.right is None:
            return "right" if self.left is None else "left"
        return "same" if _counted(self.left) == _counted(self.right) else "changed"

    @property
    def params(self) -> int:
        """Parameters on the left minus those on the right."""
        return (self.left.params if self.left else 0) - (self.right.params if self.right else 0)

    @property
    def macs(self) -> int:
        """Multiply-adds on the left minus those on the right."""
        return (self.left.macs if self.left else 0) - (self.right.macs if self.right else 0)


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two networks, aligned: each operation of both is in one row, in the order in which it runs."""

    left: Blueprint
    right: Blueprint
    by_place: bool
    """Whether rows are places that mean the same in both; else operations of one kind at one resolution."""
    rows: tuple[Row, ...]

    def counterpart(self, place: str, side: Side) -> str:
        """The part of the other network that stands beside a place of the network on `side`.

        For an operation without a row of its own there it is what its block or stage stands beside, and the whole network
        where there is none, or no such place.
        """
        plan, other = (self.left, self.right) if side == "left" else (self.right, self.left)
        record = plan.by_place.get(place)
        if record is None:
            return NETWORK
        if self.by_place and place in other.by_place:
            return place
        pairs = [(row.left, row.right) if side == "left" else (row.right, row.left) for row in self.rows]
        beside = {here.name: there for here, there in pairs if here is not None and there is not None}
        if isinstance(record, LayerRecord):
            if place in beside:
                return beside[place].name
            around = record.block or (None if record.stage is None else f"stage{record.stage}")
            return NETWORK if around is None else self.counterpart(around, side)
        found = [beside[name] for name in record.layers if name in beside]
        if isinstance(record, BlockRecord):
            block = _commonest([layer.block for layer in found])
            return block or self.counterpart(f"stage{record.stage}", side)
        number = _commonest([None if layer.stage is None else str(layer.stage) for layer in found])
        return NETWORK if number is None else f"stage{number}"


def align(left: Blueprint, right: Blueprint) -> Alignment:
    """Align two networks of the catalogue.

    Residual and plain networks call their parts alike: the same place is the same row. Others are aligned by resolution
    (input pixels between neighbouring cells of an output; everything behind the last stage counts as one) and kind: of all
    ways to pair operations in order, one with the most counterparts is taken, where weighted operations count more, and of
    two candidates the one with the same kernel and output shape.
    """
    by_place = {spec(plan.network).family for plan in (left, right)} <= NAMED_ALIKE or left.network == right.network
    likeness = _by_place(left, right) if by_place else _by_kind(left, right)
    rows: list[Row] = []
    i = j = 0
    for a, b in [*_pairs(likeness), (len(left.layers), len(right.layers))]:
        rows += [Row(layer, None) for layer in left.layers[i:a]]
        rows += [Row(None, layer) for layer in right.layers[j:b]]
        if a < len(left.layers):
            rows.append(Row(left.layers[a], right.layers[b]))
        i, j = a + 1, b + 1
    return Alignment(left, right, by_place, tuple(rows))


def _by_place(left: Blueprint, right: Blueprint) -> Table:
    """(left, right) table: 1 where the places are the same."""
    ours, theirs = (np.array([layer.name for layer in plan.layers]) for plan in (left, right))
    same: Table = (ours[:, None] == theirs[None, :]).astype(np.int64)
    return same


def _by_kind(left: Blueprint, right: Blueprint) -> Table:
    """(left, right) table: how alike two operations are; 0 for another kind or another resolution."""
    ours, theirs = (_features(plan.layers) for plan in (left, right))
    level, kind, kernel, shape = (a[:, None] == b[None, :] for a, b in zip(ours, theirs, strict=True))
    weighted = np.array([layer.params > 0 for layer in left.layers])[:, None]
    score = np.where(weighted, 8, 4) + 2 * kernel + shape
    return np.where(level & kind, score, 0).astype(np.int64)


def _features(layers: Sequence[LayerRecord]) -> tuple[npt.NDArray[np.str_], ...]:
    """Resolution, kind, kernel and output shape of each operation, as words to compare."""
    level = [str(layer.step) if layer.stage is not None else "head" for layer in layers]
    kernel = [str(layer.options.get("kernel_size")) for layer in layers]
    shape = [str(layer.output_shape) for layer in layers]
    return tuple(np.array(words) for words in (level, [layer.kind for layer in layers], kernel, shape))


def _pairs(likeness: Table) -> list[tuple[int, int]]:
    """The pairs (i, j), in order and without crossings, whose likeness adds up to the most.

    best(i, j) = max(best(i + 1, j), best(i, j + 1), likeness(i, j) + best(i + 1, j + 1)), read from its start on.
    """
    rows, columns = likeness.shape
    best = np.zeros((rows + 1, columns + 1), dtype=np.int64)
    for i in reversed(range(rows)):
        taken = np.maximum(best[i + 1, :-1], np.where(likeness[i] > 0, likeness[i] + best[i + 1, 1:], 0))
        best[i, :-1] = np.maximum.accumulate(taken[::-1])[::-1]
    found, i, j = [], 0, 0
    while i < rows and j < columns:
        if likeness[i, j] > 0 and best[i, j] == likeness[i, j] + best[i + 1, j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i, j] == best[i + 1, j]:
            i += 1
        else:
            j += 1
    return found


def _counted(layer: LayerRecord) -> tuple[object, ...]:
    return layer.kind, dict(layer.options), layer.output_shape, layer.param_shapes, layer.macs


def _commonest(names: Sequence[str | None]) -> str | None:
    found = Counter(name for name in names if name is not None)
    return found.most_common(1)[0][0] if found else None
