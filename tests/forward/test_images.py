"""Pictures of every kind against the pixels that they were made of, and bytes that are no picture."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from resnet_viz.forward.images import KEPT_PIXELS, decode

ROOT = Path(__file__).parents[2]
FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF")


def picture(width: int = 24, height: int = 16) -> Image.Image:
    """A smooth picture whose four corners differ: JPEG keeps it, and every rotation shows."""
    x, y = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    return Image.fromarray((np.stack([x, y, (1 - x) * (1 - y)], -1) * 255).astype(np.uint8))


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def difference(a: Image.Image, b: Image.Image) -> int:
    return int(np.abs(np.asarray(a, np.int16) - np.asarray(b, np.int16)).max())


@pytest.mark.parametrize(("kind", "tolerance"), [("JPEG", 6), ("WEBP", 0), ("PNG", 0), ("BMP", 0), ("TIFF", 0)])
def test_each_format_comes_back(kind, tolerance) -> None:
    options = {"JPEG": {"quality": 95, "subsampling": 0}, "WEBP": {"lossless": True}}.get(kind, {})
    found = decode(saved(picture(), kind, **options))
    assert (found.format, found.original_size, found.notes, found.image.mode) == (kind, (24, 16), (), "RGB")
    assert difference(found.image, picture()) <= tolerance


def test_gif_comes_back_in_its_256_colours() -> None:
    indexed = picture().quantize(64)
    found = decode(saved(indexed, "GIF"))
    assert found.format == "GIF"
    assert difference(found.image, indexed.convert("RGB")) == 0


@pytest.mark.parametrize("kind", FORMATS)
def test_one_pixel_is_a_picture(kind) -> None:
    found = decode(saved(Image.new("RGB", (1, 1), (200, 200, 200)), kind))
    assert found.image.size == (1, 1)
    assert difference(found.image, Image.new("RGB", (1, 1), (200, 200, 200))) <= 2


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_exif_rotation_is_undone(kind, orientation) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    options = {"JPEG": {"quality": 95, "subsampling": 0}, "WEBP": {"lossless": True}}.get(kind, {})
    data = saved(picture(), kind, exif=exif, **options)
    found = decode(data)
    expected = ImageOps.exif_transpose(Image.open(BytesIO(data)))
    assert found.image.size == expected.size == ((16, 24) if orientation >= 5 else (24, 16))
    assert difference(found.image, expected) == 0
    assert found.original_size == expected.size
    assert found.notes == (("rotated",) if orientation > 1 else ())


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "TIFF"])
def test_an_animation_shows_its_first_frame(kind) -> None:
    frames = [Image.new("RGB", (9, 7), colour) for colour in ("red", "lime", "blue")]
    options = {"WEBP": {"lossless": True}}.get(kind, {})
    found = decode(saved(frames[0], kind, save_all=True, append_images=frames[1:], **options))
    assert difference(found.image, frames[0]) == 0
    assert found.notes == ("first_frame",)


def test_the_name_proves_nothing() -> None:
    assert decode(saved(picture(), "PNG"), "photo.jpg").format == "PNG"


@pytest.mark.parametrize("size", [(60_000, 10), (10, 60_000)])
def test_a_very_long_side_is_a_picture(size) -> None:
    found = decode(saved(Image.new("RGB", size, "teal"), "PNG"))
    assert found.image.size == size


def test_a_large_photo_is_made_smaller_once() -> None:
    found = decode(saved(Image.new("L", (8000, 4000), 90), "PNG"))
    assert found.original_size == (8000, 4000)
    assert found.notes == ("shrunk",)
    width, height = found.image.size
    assert abs(width - 2 * height) <= 1 and abs(width * height - KEPT_PIXELS) < 2 * width
    assert difference(found.image, Image.new("RGB", (width, height), (90,) * 3)) == 0
