"""Every way to store a pixel, through a file and back, against the values that went in."""

import struct
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from resnet_viz.forward.images import decode

ROOT = Path(__file__).parents[2]
FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF")


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def difference(a: Image.Image, b: Image.Image) -> int:
    return int(np.abs(np.asarray(a, np.int16) - np.asarray(b, np.int16)).max())


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_cmyk_has_its_colours_and_is_not_inverted(kind) -> None:
    cyan = Image.new("CMYK", (8, 8), (255, 0, 0, 0))
    found = decode(saved(cyan, kind))
    assert difference(found.image, Image.new("RGB", (8, 8), (0, 255, 255))) <= 3
    assert found.notes == ("cmyk",)


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bits_are_scaled_and_not_clipped(kind) -> None:
    ramp = np.linspace(0, 65535, 256).round().astype(np.uint16)[None]
    found = decode(saved(Image.fromarray(ramp), kind))
    assert np.asarray(found.image)[0, :, 0].tolist() == list(range(256))
    assert found.notes == ("sixteen_bit",)


def test_twelve_bits_of_sixteen_are_twelve_bits() -> None:
    ramp = np.linspace(0, 4095, 256).round().astype(np.uint16)[None]
    data = saved(Image.fromarray(ramp), "TIFF", tiffinfo={258: 16})
    # Twelve bits packed: two values in three bytes, written by hand into the strip of a file that says so.
    pairs = ramp.reshape(-1, 2).astype(int)
    packed = b"".join(bytes((a >> 4, (a & 15) << 4 | b >> 8, b & 255)) for a, b in pairs)
    tags = {t: Image.open(BytesIO(data)).tag_v2[t] for t in (273,)}
    start = tags[273][0]
    twelve = bytearray(data)
    twelve[start : start + len(packed)] = packed
    at = twelve.index(struct.pack("<HHIH", 258, 3, 1, 16))
    struct.pack_into("<HHIH", twelve, at, 258, 3, 1, 12)
    at = twelve.index(struct.pack("<HHI", 279, 4, 1))
    struct.pack_into("<HHII", twelve, at, 279, 4, 1, len(packed))
    assert np.asarray(decode(bytes(twelve)).image)[0, :, 0].tolist() == list(range(256))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0.0, 0.5, 1.0], [0, 128, 255]),
        ([0.0, 128.0, 255.0], [0, 128, 255]),
        ([0.0, 32896.0, 65535.0], [0, 128, 255]),
        ([-1.0, 0.0, 1.0], [0, 128, 255]),
        ([float("nan"), 1.0, float("inf")], [0, 255, 0]),
        ([float("nan")] * 3, [0, 0, 0]),
        ([-3.0, -3.0, -3.0], [0, 0, 0]),
    ],
)
def test_floats_of_any_range(values, expected) -> None:
    found = decode(saved(Image.fromarray(np.array([values], np.float32)), "TIFF"))
    assert np.asarray(found.image)[0, :, 0].tolist() == expected
    assert found.notes == ("float",)


def test_wide_integers() -> None:
    found = decode(saved(Image.fromarray(np.array([[0, 32768, 65535]], np.int32)), "TIFF"))
    assert np.asarray(found.image)[0, :, 0].tolist() == [0, 128, 255]


@pytest.mark.parametrize("kind", ["PNG", "GIF", "TIFF", "BMP"])
def test_one_bit(kind) -> None:
    bits = Image.new("1", (8, 2))
    bits.putpixel((3, 1), 1)
    assert difference(decode(saved(bits, kind)).image, bits.convert("RGB")) == 0


def test_transparency_is_laid_on_white() -> None:
    clear = Image.new("RGBA", (4, 4), (255, 0, 0, 0))
    half = Image.new("LA", (4, 4), (0, 128))
    palette = Image.new("P", (4, 4), 1)
    palette.putpalette([9, 9, 9, 255, 0, 0])
    for data, grey in (
        (saved(clear, "PNG"), 255),
        (saved(clear, "WEBP", lossless=True, exact=True), 255),
        (saved(half, "PNG"), 127),
        (saved(palette, "PNG", transparency=1), 255),
        (saved(palette, "PNG", transparency=b"\xff\x80"), (255, 127, 127)),
        (saved(Image.new("L", (4, 4), 7), "PNG", transparency=7), 255),
        (saved(Image.new("RGB", (4, 4), (1, 2, 3)), "PNG", transparency=(1, 2, 3)), 255),
        (saved(Image.new("I;16", (4, 4), 70), "PNG", transparency=70), 255),
    ):
        found = decode(data)
        assert found.notes[-1] == "alpha_on_white"
        white = Image.new("RGB", (4, 4), (grey,) * 3 if isinstance(grey, int) else grey)
        assert difference(found.image, white) <= 1
    opaque = decode(saved(Image.new("RGBA", (4, 4), (255, 0, 0, 255)), "PNG"))
    assert opaque.notes == ()
