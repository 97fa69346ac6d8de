"""Accuracies measured after a file of weights was stored: a JSON file beside it, so that its bytes stay what they are.

{"sha256": "...", "measured_on": 3925, "measurements": [{"size": 128, "float32": 79.52, "stored": 79.54}, ...]}
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from resnet_viz.errors import WeightsError
from resnet_viz.networks.card import Card, measurements_of
from resnet_viz.networks.files import replacing, sha256_of

SUFFIX = ".measured.json"


def with_measurements(card: Card, file: Path) -> Card:
    """The card of a file with what was measured since, if that was measured on this very file.

    Raises WeightsError `weights_card` for a file of measurements that cannot be read.
    """
    beside = beside_of(file)
    if not beside.is_file():
        return card
    try:
        found = json.loads(beside.read_text(encoding="utf-8"))
        if found["sha256"] != sha256_of(file):
            return card
        return card.measured(*measurements_of(found))
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise WeightsError("weights_card", file=beside.name) from error


def write_measurements(card: Card, file: Path) -> None:
    """Write the measurements of a card beside the file that they are of."""
    found = {
        "sha256": sha256_of(file),
        "measured_on": card.measured_on,
        "measurements": [asdict(row) for row in card.measurements],
    }
    with replacing(beside_of(file)) as part:
        part.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def beside_of(file: Path) -> Path:
    """Where the measurements of a file of weights stand."""
    return file.with_suffix(SUFFIX)
