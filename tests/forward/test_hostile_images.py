"""Bytes that are no picture, or a broken one, or one too large: one clear sentence, never another error."""

import struct
import subprocess
import sys
import time
import zlib
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from resnet_viz.errors import ImageError
from resnet_viz.forward.images import MAX_BYTES, MAX_PIXELS, decode
from resnet_viz.lang import LANGUAGES, sentence

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning", "ignore::PIL.Image.DecompressionBombWarning")

ROOT = Path(__file__).parents[2]
FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF")


def picture(width: int = 24, height: int = 16) -> Image.Image:
    """A smooth picture whose four corners differ: JPEG keeps it, and every rotation shows."""
    x, y = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    return Image.fromarray((np.stack([x, y, (1 - x) * (1 - y)], -1) * 255).astype(np.uint8))


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = BytesIO()
    image.copy().save(file, kind, **options)  # saving leaves settings behind on its image
    return file.getvalue()


def difference(a: Image.Image, b: Image.Image) -> int:
    return int(np.abs(np.asarray(a, np.int16) - np.asarray(b, np.int16)).max())


def refusal(data: bytes) -> str:
    """The code of the error, whose sentence must exist in each language."""
    with pytest.raises(ImageError) as caught:
        decode(data, "picture.png")
    for language in LANGUAGES:
        said = sentence(language, caught.value)
        assert said and "\n" not in said and "Traceback" not in said
    return caught.value.code


def png_header(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims any number of pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")


def test_broken_exif_does_not_cost_the_picture() -> None:
    assert decode(saved(picture(), "JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff broken")).image.size == (24, 16)


def test_a_second_frame_that_is_broken_is_not_needed() -> None:
    frames = [picture().quantize(16), picture().rotate(180).quantize(16)]
    whole = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    found = decode(whole[:-40])
    assert difference(found.image, frames[0].convert("RGB")) == 0


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "image_empty"),
        (b"\0", "image_unknown"),
        (b"Hello, I am a text.", "image_unknown"),
        (b"BMW is a company in Munich, and no bitmap.", "image_unknown"),
        (b"%PDF-1.7\n", "image_unsupported"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "image_unsupported"),
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "image_unsupported"),
        (saved(picture(), "ICO"), "image_unsupported"),
        (saved(picture(), "PPM"), "image_unknown"),
        (saved(picture(), "TGA"), "image_unknown"),
        (b"\x89PNG\r\n\x1a\n", "image_damaged"),
        (b"\xff\xd8\xff", "image_damaged"),
        (b"GIF89a", "image_damaged"),
        (b"II*\0", "image_damaged"),
    ],
)
def test_what_is_no_picture_is_refused_in_one_sentence(data, code) -> None:
    assert refusal(data) == code


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_a_truncated_picture_is_damaged(kind, share) -> None:
    data = saved(picture(200, 150).effect_spread(40), kind)
    assert refusal(data[: int(len(data) * share)]) == "image_damaged"


def test_a_file_too_long_is_not_looked_at() -> None:
    assert refusal(b"\x89PNG" + bytes(MAX_BYTES)) == "image_too_large"


@pytest.mark.parametrize(
    ("width", "height"), [(20000, 20000), (12000, 12000), (8001, 8000), (2**31 - 1, 1), (1, 2**30)]
)
def test_a_bomb_is_refused_from_its_header(width, height) -> None:
    assert width * height > MAX_PIXELS
    start = time.process_time()
    assert refusal(png_header(width, height)) == "image_bomb"
    assert time.process_time() - start < 1


def test_bombs_of_other_formats_take_no_memory(tmp_path) -> None:
    """A process of its own: only there does the peak of memory say what was taken."""
    script = """
import resource, sys
from resnet_viz.forward.images import decode
from resnet_viz.errors import ImageError
for file in sys.argv[1:]:
    data = open(file, "rb").read()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        decode(data)
    except ImageError as error:
        print(error.code, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""
    files = [tmp_path / kind for kind in ("WEBP", "GIF", "TIFF", "BMP")]
    for file in files:
        file.write_bytes(_claiming(file.name, 16000))
    command = [sys.executable, "-c", script, *map(str, files)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    for line in done.stdout.splitlines():
        code, megabytes = line.split()
        assert code == "image_bomb" and int(megabytes) < 20, done.stdout
    assert len(done.stdout.splitlines()) == len(files)


def _claiming(kind: str, side: int) -> bytes:
    """A small file whose header claims `side` x `side` pixels."""
    small = saved(Image.new("RGB", (16, 16)), kind, **({"lossless": True} if kind == "WEBP" else {}))
    data = bytearray(small)
    if kind == "GIF":
        struct.pack_into("<HH", data, 6, side, side)
    elif kind == "BMP":
        struct.pack_into("<ii", data, 18, side, side)
    elif kind == "TIFF":
        for tag in (256, 257):
            at = data.index(struct.pack("<HHII", tag, 4, 1, 16))
            struct.pack_into("<HHII", data, at, tag, 4, 1, side)
    else:  # VP8L: 14 bits each of width - 1 and height - 1, behind its signature byte
        at = data.index(b"VP8L") + 9
        (bits,) = struct.unpack_from("<I", data, at)
        struct.pack_into("<I", data, at, bits & ~(2**28 - 1) | (side - 1) << 14 | (side - 1))
    return bytes(data)


def test_a_hundred_thousand_empty_pages_do_not_keep_it_busy() -> None:
    data = saved(picture(), "TIFF")
    (directory,) = struct.unpack_from("<I", data, 4)
    (entries,) = struct.unpack_from("<H", data, directory)
    link = directory + 2 + 12 * entries
    pages = bytearray(data)
    struct.pack_into("<I", pages, link, len(data))
    for number in range(100_000):
        pages += struct.pack("<HI", 0, len(data) + 6 * (number + 1))
    pages += struct.pack("<HI", 0, 0)
    start = time.process_time()
    found = decode(bytes(pages))
    assert time.process_time() - start < 2
    assert difference(found.image, picture()) == 0
    assert found.notes == ("first_frame",)


def originals() -> dict[str, bytes]:
    """One small file for each way that a decoder takes: compressed, deep, transparent, animated, tagged."""
    base = picture(40, 30)
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = base.rotate(90)
    packings = ("tiff_lzw", "tiff_deflate", "jpeg", "packbits")
    return {
        "jpeg": saved(base, "JPEG", exif=exif),
        "progressive": saved(base, "JPEG", progressive=True),
        "cmyk": saved(base.convert("CMYK"), "JPEG"),
        "mpo": saved(base, "MPO", save_all=True, append_images=[turned.copy()]),
        "png": saved(base, "PNG", exif=exif),
        "palette": saved(base.quantize(16), "PNG", transparency=3),
        "deep png": saved(Image.fromarray(np.arange(600, dtype=np.uint16).reshape(20, 30)), "PNG"),
        "apng": saved(base, "PNG", save_all=True, append_images=[turned.copy()]),
        "webp": saved(base, "WEBP", exif=exif),
        "lossless webp": saved(base.convert("RGBA"), "WEBP", lossless=True),
        "moving webp": saved(base, "WEBP", save_all=True, append_images=[turned.copy()]),
        "bmp": saved(base, "BMP"),
        "indexed bmp": saved(base.quantize(16), "BMP"),
        "gif": saved(base.quantize(32), "GIF", save_all=True, append_images=[base.rotate(180).quantize(32)]),
        "tiff": saved(base, "TIFF", exif=exif),
        "big tiff": saved(base, "TIFF", big_tiff=True),
        "float tiff": saved(Image.fromarray(np.ones((9, 9), np.float32)), "TIFF"),
        "pages": saved(base, "TIFF", save_all=True, append_images=[turned.copy()]),
        **{f"tiff {way}": saved(base, "TIFF", compression=way) for way in packings},
        "fax": saved(base.convert("1"), "TIFF", compression="group4"),
    }


def corrupted(data: bytes, random: np.random.Generator) -> bytes:
    """The file with a few bytes changed, most often near its beginning, perhaps a piece lost, doubled or cut off."""
    broken = bytearray(data)
    for _ in range(random.integers(1, 12)):
        reach = len(broken) if random.random() < 0.5 else min(len(broken), 120)
        broken[random.integers(0, reach)] = random.choice([0, 1, 127, 128, 255, random.integers(0, 256)])
    way, at = random.integers(0, 6), random.integers(0, len(broken))
    if way == 0:
        del broken[at:]
    elif way == 1:
        del broken[at : at + random.integers(1, 40)]
    elif way == 2:
        broken[at:at] = broken[at : at + random.integers(1, 40)]
    return bytes(broken)


@pytest.mark.parametrize("name", originals())
def test_any_corruption_gives_a_picture_or_one_sentence(name) -> None:
    data = originals()[name]
    decode(data)
    random = np.random.default_rng(sum(name.encode()))
    for _ in range(150):
        try:
            found = decode(corrupted(data, random))
        except ImageError as error:
            for language in LANGUAGES:
                assert sentence(language, error)
        else:
            assert found.image.mode == "RGB" and min(found.image.size) >= 1
            found.image.resize((8, 8))
