"""Any way to store a pixel as eight-bit RGB: deep integers and floats are scaled, transparency is laid on white."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from PIL import Image

_DEEP = ("I", "F", "I;16", "I;16L", "I;16B", "I;16N")
_BITS_PER_SAMPLE = 258
"""TIFF's tag: twelve bits come in sixteen, and would be nearly black as sixteen."""
_PART = 1 << 20
"""Values scaled at a time, in float64: a picture may have 64 million."""


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
    values = np.asarray(image)
    grey = Image.fromarray(_sixteen(values, image) if image.mode.startswith("I;16") else _free(values))
    clear = image.info.get("transparency")
    if isinstance(clear, int):
        grey.putalpha(Image.fromarray(np.where(values == clear, 0, 255).astype(np.uint8)))
    return grey


def _sixteen(values: npt.NDArray[np.uint16], image: Image.Image) -> npt.NDArray[np.uint8]:
    """Unsigned integers of as many bits as the file says, 16 unless it is a TIFF with fewer: 0 to 255, rounded."""
    tags: Mapping[int, tuple[int, ...]] = getattr(image, "tag_v2", {})
    bits = tags.get(_BITS_PER_SAMPLE, (16,))[0]
    top = (1 << bits) - 1 if 8 < bits < 16 else (1 << 16) - 1
    table = np.minimum(np.arange(1 << 16) * 255 / top + 0.5, 255).astype(np.uint8)
    return table[values]


def _free(values: npt.NDArray[np.int32] | npt.NDArray[np.float32]) -> npt.NDArray[np.uint8]:
    """Values without a range of their own: the smallest usual one that holds them all, else from smallest to largest.

    Usual are 0 to 1 for floats, 0 to 255, 0 to 65535. What is not finite becomes black.
    """
    flat = values.reshape(-1)
    parts = [flat[start : start + _PART] for start in range(0, flat.size, _PART)]
    ranges = [(known.min(), known.max()) for part in parts if (known := part[np.isfinite(part)]).size]
    if not ranges:
        return np.zeros(values.shape, np.uint8)
    low, high = float(min(low for low, _ in ranges)), float(max(high for _, high in ranges))
    usual = (1.0, 255.0, 65535.0) if values.dtype.kind == "f" else (255.0, 65535.0)
    top = next((top for top in usual if low >= 0 and high <= top), None)
    base, span = (0.0, top) if top else (low, (high - low) or 1.0)
    levels = np.empty(flat.size, np.uint8)
    for number, part in enumerate(parts):
        shifted = np.where(np.isfinite(part), part, base).astype(np.float64) - base
        levels[number * _PART :][: part.size] = (shifted / span * 255 + 0.5).clip(0, 255)
    return levels.reshape(values.shape)
