"""Many small maps as one picture: a sheet of square tiles, of which each can be shown on its own.

One picture is one download for the browser; `Sheet.columns` says where tile n lies.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image

from resnet_viz.figures.overlays import Colours, Levels, fold, paint


@dataclass(frozen=True, slots=True)
class Sheet:
    """Tiles in reading order on one picture."""

    picture: Image.Image
    side: int
    """Width and height of a tile in pixels."""
    columns: int
    count: int
    data: bytes
    """The picture as a WebP file."""


def sheet(tiles: Sequence[Image.Image], columns: int = 8, lossless: bool = True) -> Sheet:
    """Square tiles of one size, side by side and then below; `lossless` for maps, not for photographs.

    Raises ValueError when there are none or sizes differ.
    """
    sizes = {tile.size for tile in tiles}
    if len(sizes) != 1 or any(width != height for width, height in sizes):
        raise ValueError(f"tiles of one square size are needed, not {sorted(sizes)}")
    side = tiles[0].width
    columns = min(columns, len(tiles))
    rows = -(-len(tiles) // columns)
    picture = Image.new("RGBA", (columns * side, rows * side))
    for index, tile in enumerate(tiles):
        row, column = divmod(index, columns)
        picture.paste(tile.convert("RGBA"), (column * side, row * side))
    file = BytesIO()
    # Of a lossless file, quality and method are the effort: this one takes 18 ms, twice as much saves nothing more.
    picture.save(file, "WEBP", lossless=lossless, quality=30 if lossless else 85, method=1 if lossless else 4)
    return Sheet(picture, side, columns, len(tiles), file.getvalue())


def map_tile(levels: Levels, colours: Colours, side: int) -> Image.Image:
    """A feature map as a tile: its cells enlarged, or averaged where there are more cells than pixels."""
    how = Image.Resampling.BOX if max(levels.shape) > side else Image.Resampling.NEAREST
    return paint(np.asarray(Image.fromarray(np.ascontiguousarray(levels)).resize((side, side), how)), colours)


def filter_tile(kernel: npt.NDArray[np.float32], side: int) -> Image.Image:
    """A kernel over red, green and blue, (3, height, width), as a tile in colour: grey is 0.

    All three are scaled by the largest of them, so that hues are right; a kernel of zeros is grey.
    """
    far = float(np.abs(kernel).max()) or 1.0
    pixels = ((kernel.transpose(1, 2, 0) / far + 1) * 127.5).round().astype(np.uint8)
    return Image.fromarray(pixels, "RGB").resize((side, side), Image.Resampling.NEAREST)


def table_png(levels: Levels, colours: Colours, least: int = 256) -> bytes:
    """A large table of levels (rows, columns) as a PNG of whole pixels a cell, with a palette: a byte each.

    Its shorter side has `least` pixels or more, but no side more than 2048 unless the table itself has.
    """
    times = max(1, min(-(-least // min(levels.shape)), 2048 // max(levels.shape)))
    picture = Image.fromarray(np.kron(levels, np.ones((times, times), np.uint8)), "P")
    picture.putpalette(colours.tobytes())
    file = BytesIO()
    picture.save(file, "PNG", compress_level=3)
    return file.getvalue()


def vector_tile(levels: Levels, colours: Colours, side: int) -> Image.Image:
    """A vector (N,) as a tile: its cells on a grid, whole pixels each where they fit, in the middle."""
    grid = fold(colours[levels])
    scale = side / max(grid.size)
    if scale >= 1:
        scale = int(scale)
    size = max(1, round(grid.width * scale)), max(1, round(grid.height * scale))
    resampled = grid.resize(size, Image.Resampling.NEAREST if scale >= 1 else Image.Resampling.BOX)
    return _centred(resampled, side)


def photo_tile(photo: Image.Image, side: int) -> Image.Image:
    """A picture as a tile: whole, in its proportions, in the middle."""
    small = photo.convert("RGB")
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    scale = side / max(small.size)
    if scale > 1:
        size = max(1, round(small.width * scale)), max(1, round(small.height * scale))
        small = small.resize(size, Image.Resampling.BICUBIC)
    return _centred(small, side)


def _centred(picture: Image.Image, side: int) -> Image.Image:
    tile = Image.new("RGBA", (side, side))
    tile.paste(picture.convert("RGBA"), ((side - picture.width) // 2, (side - picture.height) // 2))
    return tile
