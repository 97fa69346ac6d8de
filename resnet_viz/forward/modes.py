"""Any way to store a pixel as eight-bit RGB: deep integers and floats are scaled, transparency is laid on white."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt
from PIL import Image

_DEEP = ("I", "F", "I;16", "I;16L", "I;16B", "I;16N")
_BITS_PER_SAMPLE = 258
"""TIFF's tag: twelve bits come in sixteen, and would be nearly black as sixteen."""
_BAND = 1 << 20

Values = npt.NDArray[np.uint16] | npt.NDArray[np.int32] | npt.NDArray[np.float32]


def to_rgb(image: Image.Image) -> tuple[Image.Image, tuple[str, ...]]:
    """The loaded picture as RGB, and codes of what had to be done: sixteen_bit, float, cmyk, alpha_on_white.

    Palettes, grey, one bit, CMYK, YCbCr and Lab convert as Pillow converts them. Raises ValueError for a mode without
    a way to RGB.
    """
    notes: list[str] = []
    if image.mode in _DEEP:
        notes.append("float" if image.mode == "F" else "sixteen_bit")
        image = _eight_bits(image)
    if image.mode == "CMYK":
        notes.append("cmyk")
    if not image.has_transparency_data:
        return image.convert("RGB"), tuple(notes)
    cut_out = image.convert("RGBA")
    if cut_out.getchannel("A").getextrema() == (255, 255):
        return cut_out.convert("RGB"), tuple(notes)
    page = Image.new("RGB", cut_out.size, "white")
    page.paste(cut_out, mask=cut_out)
    return page, (*notes, "alpha_on_white")


def _eight_bits(image: Image.Image) -> Image.Image:
    """One deep channel as mode L, or LA where one of its values means transparent."""
    base, span = _sixteen_range(image) if image.mode.startswith("I;16") else _free_range(image)
    clear = image.info.get("transparency")
    grey = Image.new("LA" if isinstance(clear, int) else "L", image.size)
    for top, values in _bands(image):
        shifted = np.where(np.isfinite(values), values, base).astype(np.float64) - base
        band = Image.fromarray((shifted / span * 255 + 0.5).clip(0, 255).astype(np.uint8))
        if isinstance(clear, int):
            band.putalpha(Image.fromarray(np.where(values == clear, 0, 255).astype(np.uint8)))
        grey.paste(band, (0, top))
    return grey


def _sixteen_range(image: Image.Image) -> tuple[float, float]:
    """Black, and how far white is from it: of 16 bits, unless it is a TIFF that says that it has fewer."""
    tags: Mapping[int, tuple[int, ...]] = getattr(image, "tag_v2", {})
    bits = tags.get(_BITS_PER_SAMPLE, (16,))[0]
    return 0.0, (1 << bits) - 1.0 if 8 < bits < 16 else 65535.0


def _free_range(image: Image.Image) -> tuple[float, float]:
    """The same for values without a range of their own: the smallest usual one that holds them all, else all there is.

    Usual are 0 to 1 for floats, 0 to 255, 0 to 65535. What is not finite counts as black.
    """
    ranges = [(v.min(), v.max()) for _, band in _bands(image) if (v := band[np.isfinite(band)]).size]
    low = float(min((low for low, _ in ranges), default=0))
    high = float(max((high for _, high in ranges), default=0))
    usual = (1.0, 255.0, 65535.0) if image.mode == "F" else (255.0, 65535.0)
    top = next((top for top in usual if low >= 0 and high <= top), None)
    return (0.0, top) if top else (low, (high - low) or 1.0)


def _bands(image: Image.Image) -> Iterator[tuple[int, Values]]:
    """The picture from top to bottom in bands of about a million pixels: all 64 million at once would fill gigabytes."""
    rows = max(1, _BAND // image.width)
    for top in range(0, image.height, rows):
        yield top, np.asarray(image.crop((0, top, image.width, min(top + rows, image.height))))
