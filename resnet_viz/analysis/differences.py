"""What two aligned networks differ in, summed up so that it reconciles with their totals; and all rows as CSV."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO
from typing import Literal, get_args

from resnet_viz.analysis.alignment import Alignment, Row
from resnet_viz.analysis.rows import shape_text
from resnet_viz.records import Blueprint, LayerRecord

Part = Literal["additions", "projections", "projection_norms", "changed", "left", "right"]
PARTS: tuple[Part, ...] = get_args(Part)
"""The shortcuts' additions, convolutions and batch norms, whether or not they differ; and of all else the counterparts
that differ, and what one network alone has."""

COLUMNS = ("place", "kind", "output_shape", "params", "macs")
"""Columns of each side in the CSV."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of difference."""

    part: Part
    left: int
    """Operations of this kind in the left network."""
    right: int
    params: int
    """Their parameters on the left minus those on the right."""
    macs: int
    """Their multiply-adds on the left minus those on the right."""


def differences(alignment: Alignment) -> tuple[Entry, ...]:
    """What differs, in the order of `PARTS`, without parts that neither has.

    Each row that differs is in one of them: parameters and MACs add up to the difference of the two networks'.
    """
    projected = _projected(alignment.left) | _projected(alignment.right)
    rows: dict[Part, list[Row]] = {part: [] for part in PARTS}
    for row in alignment.rows:
        part = _part(row, projected)
        if part is not None:
            rows[part].append(row)
    return tuple(_entry(part, found) for part, found in rows.items() if found)


def as_csv(alignment: Alignment) -> str:
    """A header and a line for each row: the mark, both sides (empty where one has nothing), and left minus right."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(
        ("mark", *(f"{side}_{name}" for side in ("left", "right") for name in COLUMNS), "params_diff", "macs_diff")
    )
    for row in alignment.rows:
        writer.writerow((row.mark, *_cells(row.left), *_cells(row.right), row.params, row.macs))
    return file.getvalue()


def _projected(plan: Blueprint) -> set[str]:
    return {place for block in plan.blocks for place in block.projection}


def _part(row: Row, projected: set[str]) -> Part | None:
    """The part that a row belongs to; None for what is the same in both."""
    layer = row.left or row.right
    if layer is not None and layer.kind == "add":
        return "additions"
    if layer is not None and layer.name in projected:
        return "projections" if layer.kind == "conv" else "projection_norms"
    return None if row.mark == "same" else row.mark


def _entry(part: Part, rows: list[Row]) -> Entry:
    return Entry(
        part,
        left=sum(row.left is not None for row in rows),
        right=sum(row.right is not None for row in rows),
        params=sum(row.params for row in rows),
        macs=sum(row.macs for row in rows),
    )


def _cells(layer: LayerRecord | None) -> tuple[str, ...]:
    if layer is None:
        return ("",) * len(COLUMNS)
    return layer.name, layer.kind, shape_text(layer.output_shape), str(layer.params), str(layer.macs)
