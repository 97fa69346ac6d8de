"""What a stored file of weights says about itself: the JSON text `card` in the metadata of its safetensors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Literal, cast

from resnet_viz.errors import WeightsError
from resnet_viz.records import ClassLabel, TransformSpec

KEY = "card"
"""Name of the card in the metadata."""

Storage = Literal["float32", "int8"]


@dataclass(frozen=True, slots=True)
class Measurement:
    """Top-1 accuracy at one input size, in percent of the validation images."""

    size: int
    float32: float
    """Of the weights as they were trained."""
    stored: float
    """Of the weights as this file gives them back."""


@dataclass(frozen=True, slots=True)
class Card:
    """Network, classes, transforms, recipe and accuracy of a stored file of weights."""

    network: str
    trained_on: Literal["imagenette", "unknown"]
    labels: tuple[ClassLabel, ...]
    transforms: TransformSpec
    storage: Storage
    licence: str
    data: str
    """What the training images are, where they come from and their terms."""
    measured_on: int | None = None
    """Number of validation images of the measurements."""
    measurements: tuple[Measurement, ...] = ()
    record: Mapping[str, object] = field(default_factory=dict)
    """What the training run wrote about itself: arguments, versions, a row for each epoch."""

    def measured(self, images: int | None, measurements: tuple[Measurement, ...]) -> Card:
        """The same card with other figures."""
        return replace(self, measured_on=images, measurements=measurements)


def to_json(card: Card) -> str:
    """The card as JSON text."""
    return json.dumps(asdict(card), ensure_ascii=False)


def from_json(text: str, name: str = "") -> Card:
    """The card in a JSON text, each field checked. Raises WeightsError `weights_card` for anything that is no card."""
    try:
        return _card(json.loads(text))
    # RecursionError: JSON nested a hundred thousand deep.
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise WeightsError("weights_card", file=name) from error


def measurements_of(found: dict[str, object]) -> tuple[int | None, tuple[Measurement, ...]]:
    """Number of images and measurements in parsed JSON. Raises KeyError, TypeError, ValueError for anything else."""
    images = found["measured_on"]
    rows = [
        Measurement(_whole(row["size"]), _percent(row["float32"]), _percent(row["stored"]))
        for row in _rows(found["measurements"])
    ]
    return None if images is None else _whole(images), tuple(rows)


def _card(found: dict[str, object]) -> Card:
    labels = [ClassLabel(_text(row["id"]), _text(row["en"]), _maybe_text(row["zh"])) for row in _rows(found["labels"])]
    measured_on, measurements = measurements_of(found)
    return Card(
        network=_text(found["network"]),
        trained_on=cast("Literal['imagenette', 'unknown']", _one_of(found["trained_on"], "imagenette", "unknown")),
        labels=tuple(labels),
        transforms=_transforms(cast("dict[str, object]", found["transforms"])),
        storage=cast("Storage", _one_of(found["storage"], "float32", "int8")),
        licence=_text(found["licence"]),
        data=_text(found["data"]),
        measured_on=measured_on,
        measurements=measurements,
        record=dict(cast("dict[str, object]", found["record"])),
    )


def _transforms(found: dict[str, object]) -> TransformSpec:
    how = _one_of(found["interpolation"], "bilinear", "bicubic")
    mean, std = (tuple(_number(v) for v in cast("list[object]", found[key])) for key in ("mean", "std"))
    if not len(mean) == len(std) > 0 or min(std) <= 0:
        raise ValueError("mean and std")
    return TransformSpec(
        resize=None if found["resize"] is None else _whole(found["resize"]),
        size=_whole(found["size"]),
        mean=mean,
        std=std,
        interpolation=cast("Literal['bilinear', 'bicubic']", how),
    )


def _rows(value: object) -> list[dict[str, object]]:
    if not isinstance(value, list):
        raise TypeError(value)
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _maybe_text(value: object) -> str | None:
    return None if value is None else _text(value)


def _whole(value: object) -> int:
    if type(value) is not int or not 0 < value < 10**9:
        raise ValueError(value)
    return value


def _number(value: object) -> float:
    # Compared, not only converted: NaN and infinity are JSON to Python and would come out as a black picture.
    if isinstance(value, bool) or not isinstance(value, int | float) or not -1e6 < value < 1e6:
        raise ValueError(value)
    return float(value)


def _percent(value: object) -> float:
    if not 0 <= _number(value) <= 100:
        raise ValueError(value)
    return _number(value)


def _one_of(value: object, *known: str) -> str:
    if value not in known:
        raise ValueError(value)
    return str(value)
