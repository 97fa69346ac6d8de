"""Bytes that a stranger gives, as a checked picture; and a picture as the tensor that a network gets."""

from __future__ import annotations

import math
import struct
import zlib
from io import BytesIO
from typing import Literal

import torch
from PIL import ExifTags, Image
from torchvision.transforms import InterpolationMode
from torchvision.transforms import functional as tv

from resnet_viz.errors import ImageError
from resnet_viz.forward.modes import to_rgb
from resnet_viz.forward.samples import Sample, samples
from resnet_viz.forward.signatures import READABLE, first_page, sniff
from resnet_viz.records import DecodedImage, Prepared, TransformSpec

__all__ = ["MAX_BYTES", "MAX_PIXELS", "Sample", "decode", "prepare", "samples"]

MAX_BYTES = 64 * 10**6
"""Longest file that is looked at."""
MAX_PIXELS = 64_000_000
"""Most pixels that are decoded, 256 MB of them; the header tells how many there will be."""
KEPT_PIXELS = 16_000_000
"""A larger picture is made smaller after decoding: no network here takes more than 1024 x 1024."""
LONGEST = 8
"""Sides longer than this many shorter sides are cut before scaling: the centre square needs none of the rest."""

_UNREADABLE: tuple[type[Exception], ...] = (OSError, SyntaxError, ValueError, EOFError, OverflowError, TypeError)
_UNREADABLE += (KeyError, IndexError, MemoryError, struct.error, zlib.error)
"""What Pillow's decoders raise on broken files, found by breaking them; the tests go on doing so."""
_BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)

_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What undoes each EXIF orientation."""
_LYING = (5, 6, 7, 8)
"""Orientations whose width becomes the height."""


def decode(data: bytes, name: str = "") -> DecodedImage:
    """The first frame of a JPEG, PNG, WebP, BMP, GIF or TIFF as upright RGB; `name` only marks the errors.

    The format is read from the bytes, the number of pixels from the header before any of them is decoded.
    Raises ImageError: image_empty, image_too_large, image_unsupported, image_unknown, image_bomb, image_damaged.
    """
    if not data:
        raise ImageError("image_empty", name=name)
    if len(data) > MAX_BYTES:
        raise ImageError("image_too_large", name=name, limit=_mega(MAX_BYTES))
    kind = sniff(data)
    if kind is None:
        raise ImageError("image_unknown", name=name)
    if kind not in READABLE:
        raise ImageError("image_unsupported", name=name, kind=kind)
    try:
        return _read(data, kind, name)
    except _BOMB as error:
        raise ImageError("image_bomb", name=name, limit=_mega(MAX_PIXELS)) from error
    except _UNREADABLE as error:
        raise ImageError("image_damaged", name=name, kind=kind) from error


def prepare(
    picture: DecodedImage | Image.Image,
    transforms: TransformSpec,
    size: int,
    fit: Literal["crop", "squash"] = "crop",
    channels: int = 3,
) -> Prepared:
    """The picture as a square of `size` pixels a side, normalised as the weights want it.

    `crop` scales the shorter side, to the weights' own margin around `size`, and takes the centre: at the weights' size
    the tensor is what torchvision's transforms give, bit by bit. `squash` keeps the whole picture but not its
    proportions. One channel means grey.
    """
    image = picture.image if isinstance(picture, DecodedImage) else picture
    image = image.convert("L" if channels == 1 else "RGB")
    how = InterpolationMode(transforms.interpolation)
    if fit == "squash":
        seen = tv.resize(image, [size, size], how)
    else:
        margin = 1.0 if transforms.resize is None else transforms.resize / transforms.size
        scaled = tv.resize(_without_far_ends(image), [max(size, round(size * margin))], how)
        seen = tv.center_crop(scaled, [size, size])
    pixels = tv.convert_image_dtype(tv.pil_to_tensor(seen), torch.float32)
    mean, std = (for_channels(numbers, channels) for numbers in (transforms.mean, transforms.std))
    return Prepared(tv.normalize(pixels, mean, std)[None], seen, fit)


def _read(data: bytes, kind: str, name: str) -> DecodedImage:
    data, paged = first_page(data) if kind == "TIFF" else (data, False)
    image = Image.open(BytesIO(data), formats=[kind])
    pixels = image.width * image.height
    if pixels > MAX_PIXELS:
        raise ImageError("image_bomb", name=name, limit=_mega(MAX_PIXELS))
    orientation = _orientation(image)
    # Pillow turns a TIFF itself, and says so at once.
    upright = image.size[::-1] if kind != "TIFF" and orientation in _LYING else image.size
    image.load()
    picture, notes = to_rgb(image)
    if kind != "TIFF" and orientation in _UPRIGHT:
        picture = picture.transpose(_UPRIGHT[orientation])
    if orientation in _UPRIGHT:
        notes += ("rotated",)
    if paged or _animated(data, kind):
        notes += ("first_frame",)
    if pixels > KEPT_PIXELS:
        picture = _smaller(picture)
        notes += ("shrunk",)
    return DecodedImage(picture, kind, upright, notes)


def _orientation(image: Image.Image) -> int:
    """EXIF's orientation, 1 for upright. Broken EXIF is no reason to refuse a picture that is whole."""
    try:
        found = image.getexif().get(ExifTags.Base.Orientation, 1)
    except _UNREADABLE:
        return 1
    return found if isinstance(found, int) else 1


def _animated(data: bytes, kind: str) -> bool:
    """Whether there is a second frame. A JPEG's is its depth or gain map, and no part of the picture."""
    if kind not in ("GIF", "PNG", "WEBP"):
        return False
    try:
        Image.open(BytesIO(data), formats=[kind]).seek(1)
    except _UNREADABLE:
        return False
    return True


def _smaller(picture: Image.Image) -> Image.Image:
    scale = math.sqrt(KEPT_PIXELS / (picture.width * picture.height))
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    return picture.resize(size, Image.Resampling.BICUBIC)


def _without_far_ends(image: Image.Image) -> Image.Image:
    """The picture without what lies far from its centre square: 100,000 x 10 pixels would scale to 570 million."""
    most = LONGEST * min(image.size)
    if max(image.size) <= most:
        return image
    width, height = min(image.width, most), min(image.height, most)
    left, top = (image.width - width) // 2, (image.height - height) // 2
    return image.crop((left, top, left + width, top + height))


def for_channels(numbers: tuple[float, ...], channels: int) -> list[float]:
    """Means or deviations of RGB for as many channels as there are: grey takes their average."""
    return list(numbers) if len(numbers) == channels else [sum(numbers) / len(numbers)] * channels


def _mega(number: int) -> str:
    return f"{number / 1e6:,.0f}"
