"""A picture's way through the network: a small map for each stage and block, and how far their values go."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image
from torch import Tensor

from resnet_viz.analysis.heatmaps import is_vector, limits, reduce, to_uint8
from resnet_viz.analysis.way_rows import Row, rows_on_show
from resnet_viz.figures.gallery import Sheet, map_tile, photo_tile, sheet, vector_tile
from resnet_viz.figures.palette import colour_map
from resnet_viz.forward.run import Program, value
from resnet_viz.records import Activations, Blueprint

SIDE = 56
"""Pixels of a tile: as many as the first stage has cells at 224 pixels."""

Limits = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Way:
    """Small maps of stages and blocks."""

    rows: tuple[Row, ...]
    sheet: Sheet
    """The picture itself, then the places of `rows` in order."""

    @property
    def places(self) -> tuple[str, ...]:
        """All places on show, in order."""
        return tuple(name for _, names in self.rows for name in names)

    @property
    def nbytes(self) -> int:
        """Memory of the sheet, in bytes."""
        return 4 * self.sheet.picture.width * self.sheet.picture.height + len(self.sheet.data)


def make_way(plan: Blueprint, program: Program, kept: Activations, seen: Image.Image) -> Way:
    """Each stage and block as a map of its mean over channels, on a colour scale of its own; vectors as a grid."""
    rows = rows_on_show(plan, kept)
    tiles = [_tile(value(program, kept, place), place) for _, names in rows for place in names]
    return Way(rows, sheet([photo_tile(seen, SIDE), *tiles]))


def _tile(tensor: Tensor, place: str) -> Image.Image:
    heatmap = reduce(tensor.flatten(1) if is_vector(tensor) else tensor, place, "mean")
    levels, colours = to_uint8(heatmap, *limits([heatmap])), colour_map(signed=heatmap.signed)
    return vector_tile(levels.ravel(), colours, SIDE) if is_vector(tensor) else map_tile(levels, colours, SIDE)
