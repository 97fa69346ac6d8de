"""Heatmaps as pictures: painted, enlarged cell by cell, laid over the image, and framed for a file.

Levels are uint8 (H, W), 0 at the low end of the colour scale and 255 at the high end; colours are uint8 (256, 3).
Levels are enlarged before they are painted: mixing colours would show values that the scale does not have.
"""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

Levels = npt.NDArray[np.uint8]
Colours = npt.NDArray[np.uint8]

SIDE = 448
"""Pixels of the longer side of one map on a page."""
OPACITY = 0.6
"""Of a map over a picture, where the visitor does not choose it."""

_MARGIN = 12
_BAR = 14


def paint(levels: Levels, colours: Colours) -> Image.Image:
    """Levels (H, W) as an RGB picture of the same size, one pixel a cell."""
    return Image.fromarray(colours[levels], "RGB")


def alone(levels: Levels, colours: Colours, *, side: int, smooth: bool = False) -> Image.Image:
    """The map with its longer side enlarged to `side` pixels: square cells, or `smooth` between their centres."""
    return paint(_enlarge(levels, _fitted(levels.shape, side), smooth), colours)


def overlay(
    seen: Image.Image, levels: Levels, colours: Colours, opacity: float, *, side: int, smooth: bool = False
) -> Image.Image:
    """The map over the picture that the network saw, `side` pixels wide; `opacity` 0 shows the picture, 1 the map.

    Cell (i, j) of H x W cells lies over its share of the picture, 1/H by 1/W of it.
    """
    size = _fitted((seen.height, seen.width), side)
    picture = seen.convert("RGB").resize(size, Image.Resampling.BICUBIC)
    painted = paint(_enlarge(levels, size, smooth), colours)
    return Image.blend(picture, painted, min(max(opacity, 0.0), 1.0))


def fold(colours: Colours) -> Image.Image:
    """A vector's painted cells (N, 3) in reading order: an RGBA grid about twice as wide as high, spare cells clear."""
    count = len(colours)
    columns = _columns(count)
    rows = -(-count // columns)
    grid = np.zeros((rows * columns, 4), np.uint8)
    grid[:count, :3] = colours
    grid[:count, 3] = 255
    return Image.fromarray(grid.reshape(rows, columns, 4), "RGBA")


def gradient(colours: Colours, stops: int = 17) -> str:
    """The table of colours as a CSS gradient from left (low) to right (high)."""
    picked = colours[np.linspace(0, len(colours) - 1, stops).round().astype(int)]
    return f"linear-gradient(to right, {', '.join('#{:02x}{:02x}{:02x}'.format(*map(int, c)) for c in picked)})"


def framed(picture: Image.Image, colours: Colours, low: float, high: float, title: str) -> bytes:
    """The picture as a PNG that stands alone: a title in ASCII above it, the colour bar with its two ends below."""
    font = ImageFont.load_default(size=14)
    width = max(picture.width, 260)
    top = _MARGIN + 16 + _MARGIN
    bar_top = top + picture.height + _MARGIN
    page = Image.new("RGB", (width + 2 * _MARGIN, bar_top + _BAR + 6 + 16 + _MARGIN), "white")
    draw = ImageDraw.Draw(page)
    draw.text((_MARGIN, _MARGIN), title, fill="black", font=font)
    page.paste(picture, (_MARGIN, top), picture if picture.mode == "RGBA" else None)
    bar = paint(np.arange(256, dtype=np.uint8)[None, :], colours)
    page.paste(bar.resize((width, _BAR), Image.Resampling.NEAREST), (_MARGIN, bar_top))
    ends = bar_top + _BAR + 6
    draw.text((_MARGIN, ends), number(low), fill="black", font=font)
    draw.text((_MARGIN + width, ends), number(high), fill="black", font=font, anchor="ra")
    return png(page)


def number(value: float) -> str:
    """A value in four significant digits, `0.01234`, `-3.2`, `1.5e-07`."""
    return f"{value:.4g}"


def png(picture: Image.Image) -> bytes:
    """The picture as PNG."""
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def jpeg(picture: Image.Image) -> bytes:
    """The picture as JPEG: for photographs, of which it takes a tenth of a PNG's bytes."""
    file = BytesIO()
    picture.convert("RGB").save(file, "JPEG", quality=88)
    return file.getvalue()


def data_uri(file: bytes, mime: str) -> str:
    """A picture's file as an address, for pages that hold all that they show."""
    return f"data:{mime};base64,{b64encode(file).decode()}"


def _fitted(shape: tuple[int, ...], side: int) -> tuple[int, int]:
    """(width, height) in pixels with the longer side `side`, in the proportions of (H, W)."""
    high, wide = shape
    scale = side / max(high, wide)
    return max(1, round(wide * scale)), max(1, round(high * scale))


def _enlarge(levels: Levels, size: tuple[int, int], smooth: bool) -> Levels:
    how = Image.Resampling.BILINEAR if smooth else Image.Resampling.NEAREST
    return np.asarray(Image.fromarray(np.ascontiguousarray(levels)).resize(size, how))


def _columns(count: int) -> int:
    """Columns of a grid for `count` cells: a divisor near sqrt(2 count) where there is one, for a full last row."""
    wanted = max(1.0, np.sqrt(2 * count))
    near = [n for n in range(1, count + 1) if count % n == 0 and wanted / 2 <= n <= wanted * 2]
    return min(near, key=lambda n: abs(np.log(n / wanted))) if near else int(np.ceil(wanted))
