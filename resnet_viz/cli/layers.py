"""`layers`: every operation of a network as a table, CSV or JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

from resnet_viz.analysis.rows import COLUMNS, as_csv, cells, totals
from resnet_viz.blueprint import blueprint
from resnet_viz.cli.streams import write
from resnet_viz.records import Blueprint, LayerRecord

EDGES = ("module", "inputs", "input_shapes", "step", "activation_bytes")
"""What a JSON object carries beside the table's columns: whoever reads it can follow the edges."""

RIGHT_ALIGNED = {"stage", "params", "macs", "receptive_field"}


def list_layers(network: str, size: int | None, how: str) -> None:
    """Print the operations of `network` as `table`, `csv` or `json`. Raises NetworkError for a name or size."""
    plan = blueprint(network, size)
    write({"table": as_table, "csv": as_csv, "json": as_json}[how](plan))


def as_json(plan: Blueprint) -> str:
    """A list with an object for each operation; shapes are lists without the batch, memory is in bytes of float32."""
    return json.dumps([_record(layer) for layer in plan.layers], indent=1) + "\n"


def as_table(plan: Blueprint) -> str:
    """Columns for the eye, and a last line with the totals; MACs are multiply-adds for one image."""
    sums = totals(plan)
    last = ("total", f"{sums.operations} operations", "", "", "", str(sums.params), str(sums.macs), "")
    rows = [cells(layer) for layer in plan.layers]
    widths = [max(map(len, column)) for column in zip(COLUMNS, *rows, last, strict=True)]
    rule = tuple("-" * width for width in widths)
    return "".join(_line(row, widths) for row in (COLUMNS, rule, *rows, rule, last))


def _record(layer: LayerRecord) -> dict[str, object]:
    return {name: getattr(layer, name) for name in (*COLUMNS, *EDGES)}


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    aligned = (
        cell.rjust(width) if name in RIGHT_ALIGNED else cell.ljust(width)
        for name, cell, width in zip(COLUMNS, row, widths, strict=True)
    )
    return "  ".join(aligned).rstrip() + "\n"
