"""Changes of a picture: a patch painted over, blur, noise, rotation, brightness; each with one amount, 0 for none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

import numpy as np
from PIL import Image, ImageFilter

from resnet_viz.forward.images import for_channels, prepare
from resnet_viz.records import Prepared, TransformSpec

Kind = Literal["patch", "blur", "noise", "rotation", "brightness"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Range:
    """Amounts that a change may have, and the one that it begins with."""

    low: float
    high: float
    start: float
    step: float


RANGES: Mapping[Kind, Range] = MappingProxyType(
    {
        "patch": Range(0.0, 100.0, 30.0, 5.0),  # side of the square, in percent of the picture's
        "blur": Range(0.0, 20.0, 3.0, 0.5),  # standard deviation of the Gaussian, in pixels
        "noise": Range(0.0, 128.0, 32.0, 4.0),  # standard deviation, in grey levels of 0 to 255
        "rotation": Range(-180.0, 180.0, 30.0, 5.0),  # degrees against the clock
        "brightness": Range(-100.0, 100.0, 50.0, 5.0),  # percent added to every value
    }
)


@dataclass(frozen=True, slots=True)
class Change:
    """What is done to a picture."""

    kind: Kind
    amount: float
    x: float = 0.5
    """Centre of the patch, as a share of the picture's width from the left."""
    y: float = 0.5
    """The same from above."""


def perturb(prepared: Prepared, change: Change, transforms: TransformSpec) -> Prepared:
    """The picture as the network gets it, after the change: made on the square that it sees, before normalisation."""
    channels, size = prepared.tensor.shape[1:3]
    changed = changed_picture(prepared.seen, change, fill_of(transforms, channels))
    return prepare(changed, transforms, size, "squash", channels)  # a square of that size already: nothing is scaled


def fill_of(transforms: TransformSpec, channels: int) -> tuple[int, ...]:
    """The colour that a patch and empty corners have: the mean that normalisation takes away, close to 0 after it."""
    return tuple(round(255 * mean) for mean in for_channels(transforms.mean, channels))


def changed_picture(seen: Image.Image, change: Change, fill: tuple[int, ...]) -> Image.Image:
    """A picture in RGB or grey of 8 bits after a change; noise is that of seed 0."""
    if change.amount == 0:
        return seen
    match change.kind:
        case "patch":
            return _patched(seen, change, fill)
        case "blur":
            return seen.filter(ImageFilter.GaussianBlur(change.amount))
        case "rotation":
            filled = fill if len(fill) > 1 else fill[0]
            return seen.rotate(change.amount, Image.Resampling.BILINEAR, fillcolor=filled)
        case "noise":
            added = np.random.default_rng(0).normal(0, change.amount, np.asarray(seen).shape)
            return _rounded(np.asarray(seen) + added)
        case "brightness":
            return _rounded(np.asarray(seen) * (1 + change.amount / 100))


def box_of(size: tuple[int, int], change: Change) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the patch in pixels, right and bottom beyond it; what lies outside is cut off."""
    width, height = size
    across, down = width * change.amount / 100, height * change.amount / 100
    left, top = round(width * change.x - across / 2), round(height * change.y - down / 2)
    right, bottom = left + round(across), top + round(down)
    return max(0, left), max(0, top), min(width, right), min(height, bottom)


def _patched(seen: Image.Image, change: Change, fill: tuple[int, ...]) -> Image.Image:
    picture = seen.copy()
    picture.paste(fill if len(fill) > 1 else fill[0], box_of(seen.size, change))
    return picture


def _rounded(values: np.ndarray) -> Image.Image:
    return Image.fromarray(values.round().clip(0, 255).astype(np.uint8))
