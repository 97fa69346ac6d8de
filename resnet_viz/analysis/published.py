"""Errors that others have published, each table with its source: shown beside our own numbers and never among them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

RESULTS: Final = Path(__file__).parents[2] / "assets" / "results"
"""Where stored results lie, published ones and those of the project's own commands."""


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """Errors of networks of one depth, in percent; None where the paper gives none."""

    layers: int
    residual: float | None
    plain: float | None


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """A table of a paper."""

    id: str
    source: str
    """Authors, title, year, and number of the table or figure."""
    url: str
    rows: tuple[PublishedRow, ...]


def published(file: Path = RESULTS / "published.json") -> tuple[PublishedTable, ...]:
    """The tables, in the order in which they are shown."""
    found = json.loads(file.read_text(encoding="utf-8"))
    return tuple(
        PublishedTable(
            table["id"],
            table["source"],
            table["url"],
            tuple(PublishedRow(row["layers"], row.get("residual"), row.get("plain")) for row in table["rows"]),
        )
        for table in found
    )
