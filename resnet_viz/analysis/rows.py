"""The table of all operations, as both fronts show it: a row per operation, CSV, and totals that reconcile."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO

from resnet_viz.analysis.stage_counts import stage_counts
from resnet_viz.records import Blueprint, LayerRecord, Shape

COLUMNS = ("name", "kind", "stage", "block", "output_shape", "params", "macs", "receptive_field")
"""Columns of the table and of the CSV, named as the fields of `LayerRecord`."""


def shape_text(shape: Shape) -> str:
    """A shape as figures write it: `64x112x112`."""
    return "x".join(map(str, shape))


def cells(layer: LayerRecord) -> tuple[str, ...]:
    """A row of the CSV: an operation's values in the order of `COLUMNS`; what is not there is empty."""
    return tuple(_cell(getattr(layer, name)) for name in COLUMNS)


def as_csv(plan: Blueprint) -> str:
    """A header and a line for each operation, in the order of the network."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(cells(layer) for layer in plan.layers)
    return file.getvalue()


@dataclass(frozen=True, slots=True)
class Totals:
    """What the table adds up to."""

    operations: int
    convolutions: int
    main_path: int
    """Convolutions outside of projection shortcuts."""
    projections: int
    """Convolutions on projection shortcuts: `convolutions = main_path + projections`."""
    linear: int
    additions: int
    params: int
    macs: int
    activation_bytes: int
    """Outputs of all operations in float32, in bytes."""


def totals(plan: Blueprint) -> Totals:
    """Count a network's operations, and add up their parameters, multiply-adds and outputs."""
    counts = stage_counts(plan)
    main_path, projections = sum(one.main_path for one in counts), sum(one.projections for one in counts)
    return Totals(
        operations=len(plan.layers),
        convolutions=main_path + projections,
        main_path=main_path,
        projections=projections,
        linear=sum(one.linear for one in counts),
        additions=sum(layer.kind == "add" for layer in plan.layers),
        params=plan.params,
        macs=plan.macs,
        activation_bytes=sum(layer.activation_bytes for layer in plan.layers),
    )


def _cell(value: str | int | Shape | None) -> str:
    if value is None:
        return ""
    return shape_text(value) if isinstance(value, tuple) else str(value)
