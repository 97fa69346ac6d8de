"""The loss around a network's weights as it is stored: the plane with all that it takes to compute it again."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from resnet_viz.analysis.landscape import Plane

RESULTS = Path(__file__).parents[2] / "assets" / "results"


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a plane was computed."""

    network: str
    """The catalogue's name."""
    weights: str
    """SHA-256 of the file of weights."""
    images: int
    """How many images of the validation set, evenly spaced in the order of their files."""
    size: int
    """Input side in pixels."""
    seeds: tuple[int, int]
    """Of the two directions."""
    data: str
    directions: str
    batch_norm: str
    """What its statistics are away from the weights."""
    versions: Mapping[str, str]
    command: str


@dataclass(frozen=True, slots=True)
class Stored:
    """A plane and its recipe."""

    recipe: Recipe
    plane: Plane


def stored_file(network: str) -> Path:
    """Where the plane of a network's bundled weights is, if it was computed."""
    return RESULTS / f"landscape-{network}.json"


def to_json(stored: Stored) -> str:
    """One line for each row of the grid; what is infinite is null, for JSON has no such number."""
    plane = stored.plane
    head = json.dumps({"recipe": asdict(stored.recipe), "at": plane.at}, indent=1)[:-2]
    losses = ",\n  ".join(json.dumps([v if math.isfinite(v) else None for v in row]) for row in plane.losses)
    right = ",\n  ".join(json.dumps(row) for row in plane.right)
    return f'{head},\n "losses": [\n  {losses}\n ],\n "right": [\n  {right}\n ]\n}}\n'


def from_json(text: str) -> Stored:
    """What `to_json` wrote."""
    found = json.loads(text)
    recipe = Recipe(**{**found["recipe"], "seeds": tuple(found["recipe"]["seeds"])})
    losses = tuple(tuple(math.inf if value is None else value for value in row) for row in found["losses"])
    return Stored(recipe, Plane(tuple(found["at"]), losses, tuple(map(tuple, found["right"]))))


def read_stored(network: str, digest: str) -> Stored | None:
    """The plane around these weights of a network, named by their SHA-256; None where none was computed."""
    file = stored_file(network)
    if not file.is_file():
        return None
    stored = from_json(file.read_text(encoding="utf-8"))
    return stored if stored.recipe.weights == digest else None
