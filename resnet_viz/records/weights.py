"""Where weights come from, what they answer with, and how they want their images."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class ClassLabel:
    """A class that a network can answer with, in both languages where there are both."""

    id: str
    """`n01440764` of WordNet, or `class 0` where the weights name no classes."""
    en: str
    zh: str | None = None


@dataclass(frozen=True, slots=True)
class TransformSpec:
    """How weights want their images: scaled and cropped to a square, then normalised."""

    resize: int | None
    """Shorter side in pixels before the centre crop of `size`; None to scale in proportion to the chosen size."""
    size: int
    """Side of the square that the weights were measured at."""
    mean: tuple[float, ...]
    std: tuple[float, ...]
    interpolation: Literal["bilinear", "bicubic"] = "bilinear"


@dataclass(frozen=True, slots=True)
class WeightsInfo:
    """Where weights come from and how good they are."""

    network: str
    source: Literal["file", "imagenet-v1", "imagenet-v2", "bundled", "none"]
    digest: str
    """SHA-256 of the file, or of what names untrained weights: a cache key that never means two things."""
    labels: tuple[ClassLabel, ...]
    trained_on: Literal["imagenet", "imagenette", "unknown", "nothing"]
    transforms: TransformSpec
    top1: float | None = None
    """Top-1 accuracy in percent, None where nobody measured it."""
    top5: float | None = None
    measured_at: int | None = None
    """Input size of that measurement, in pixels."""
    measured_on: int | None = None
    """Number of validation images of that measurement."""
    accuracies: tuple[tuple[int, float], ...] = ()
    """(input size, top-1 in percent) where several were measured."""
    origin: str = ""
    """URL, file name or command that they come from."""
    licence: str = ""
