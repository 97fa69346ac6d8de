"""What a network misses when a patch of the picture is painted over: the drop of a logit, patch by patch.

One set of passes has the logits of all classes, so that another class costs nothing. Zeiler and Fergus 2014, arXiv 1311.2901.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from resnet_viz.analysis.heatmaps import heatmap_of
from resnet_viz.forward.program import Program
from resnet_viz.forward.run import logits
from resnet_viz.forward.walk import GoOn, to_the_end
from resnet_viz.records import INPUT, Heatmap

BATCH_PIXELS = 4 * 224 * 224
"""Pixels that go through the network together: on one core, more of them leave its caches and take longer."""


@dataclass(frozen=True, slots=True)
class Occlusion:
    """The logits of a picture, whole and with each patch painted over."""

    whole: Tensor
    """(classes,)"""
    occluded: Tensor
    """(cells, cells, classes): the patch in row i and column j lies around the middle of that cell of the picture."""
    patch: int
    """Side of the patch in pixels."""

    def drop(self, class_index: int) -> Heatmap:
        """By how much each patch lowers the logit of a class, (cells, cells); below zero where the logit rises."""
        values = (self.whole[class_index] - self.occluded[..., class_index]).numpy().copy()
        name = f"occlusion {class_index}"
        return heatmap_of(INPUT, name, values, signed=True)

    @property
    def nbytes(self) -> int:
        """Memory in bytes."""
        return self.occluded.nbytes + self.whole.nbytes


def occlusion(
    program: Program, x: Tensor, cells: int, patch: int, *, fill: float = 0.0, go_on: GoOn = to_the_end
) -> Occlusion | None:
    """Paint a square of `patch` pixels over each of `cells` x `cells` cells of an image (1, C, H, W), one at a time.

    `fill` 0 is the mean colour of what the network was trained on. Squares are cut off at the picture's edge. None where
    it was not to go on, which is asked after each batch of passes.
    """
    side = x.shape[-1]
    if not 1 <= cells <= side:
        raise ValueError(f"a picture of {side} pixels has no {cells} cells in a row")
    spans = [_span(cell, cells, patch, side) for cell in range(cells)]
    places = [(rows, columns) for rows in spans for columns in spans]
    at_once = max(1, BATCH_PIXELS // side**2)
    found = [logits(program, x)]
    for start in range(0, len(places), at_once):
        some = places[start : start + at_once]
        found.append(logits(program, _painted(x, some, fill)))
        if not go_on(start + len(some), len(places)):
            return None
    whole, *occluded = found
    return Occlusion(whole[0], torch.cat(occluded).reshape(cells, cells, -1), patch)


def _painted(x: Tensor, places: list[tuple[slice, slice]], fill: float) -> Tensor:
    batch = x.repeat(len(places), 1, 1, 1)
    for image, (rows, columns) in zip(batch, places, strict=True):
        image[:, rows, columns] = fill
    return batch


def _span(cell: int, cells: int, patch: int, side: int) -> slice:
    """Pixels of a patch around the middle of a cell, within the picture."""
    start = int(np.floor((cell + 0.5) * side / cells - patch / 2 + 0.5))
    return slice(max(start, 0), max(min(start + patch, side), 0))
