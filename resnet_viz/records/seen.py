"""A picture on its way through a network: as it was read, as the network gets it, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from resnet_viz.records.weights import ClassLabel

if TYPE_CHECKING:
    import numpy as np
    import torch
    from PIL import Image


@dataclass(frozen=True, slots=True)
class DecodedImage:
    """A checked picture: upright RGB, with what had to be done to it."""

    image: Image.Image
    format: str
    original_size: tuple[int, int]
    """(width, height) of what the file holds, upright: before it was made smaller."""
    notes: tuple[str, ...] = ()
    """Codes of what was done: rotated, first_frame, alpha_on_white, cmyk, sixteen_bit, shrunk, ..."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture as the network gets it."""

    tensor: torch.Tensor
    """float32 (1, C, size, size), normalised."""
    seen: Image.Image
    """The same square before normalisation, for the eye."""
    fit: Literal["crop", "squash"]


@dataclass(frozen=True, slots=True)
class Prediction:
    """One class of an answer."""

    label: ClassLabel
    index: int
    probability: float
    logit: float


@dataclass(frozen=True, slots=True)
class Activations:
    """What one forward pass leaves: the logits, and the outputs at the block boundaries."""

    kept: Mapping[str, torch.Tensor]
    """Place -> output (1, C, H, W), the input among them; never written to again."""
    logits: torch.Tensor
    """(classes,) in float32."""
    nbytes: int
    """Memory of what is kept, in bytes."""


@dataclass(frozen=True, slots=True)
class Heatmap:
    """One map of a place: what is left of (C, H, W) after a reduction over channels."""

    place: str
    reduction: str
    """mean, max, norm, or `channel 12`."""
    values: np.ndarray
    """float32 (H, W), as computed."""
    low: float
    """Smallest value."""
    high: float
    """Largest value."""
    signed: bool
    """Whether it may fall below zero, and wants diverging colours."""
