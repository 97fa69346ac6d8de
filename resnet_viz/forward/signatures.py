"""What a file is, from its bytes alone: a name such as `photo.jpg` proves nothing."""

from __future__ import annotations

import struct

READABLE = ("JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF")
"""Formats that this project reads, by Pillow's names."""

_START = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "TIFF"),
    (b"MM\0+", "TIFF"),
    (b"%PDF", "PDF"),
    (b"8BPS", "PSD"),
    (b"PK\x03\x04", "ZIP"),
    (b"\x1f\x8b", "GZIP"),
    (b"\x00\x00\x01\x00", "ICO"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\x00\x00\x00\x0cJXL ", "JPEG XL"),
    (b"\x00\x00\x00\x0cjP  ", "JPEG 2000"),
    (b"<svg", "SVG"),
    (b"<!DOCTYPE html", "HTML"),
    (b"<html", "HTML"),
)
_BRANDS = {b"avif": "AVIF", b"avis": "AVIF", b"heic": "HEIC", b"heix": "HEIC", b"mif1": "HEIC", b"msf1": "HEIC"}
_BMP_HEADERS = {12, 16, 40, 52, 56, 64, 108, 124}
"""Sizes of the bitmap headers that exist: two letters alone would make a BMP of any text that begins with BM."""


def sniff(data: bytes) -> str | None:
    """The format that the bytes begin as, `PNG` or `HEIC`; None where the beginning says nothing."""
    for start, name in _START:
        if data.startswith(start):
            return name
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp":
        return _BRANDS.get(data[8:12])
    if data[:2] == b"BM" and len(data) >= 18 and struct.unpack_from("<I", data, 14)[0] in _BMP_HEADERS:
        return "BMP"
    if data[:5] == b"<?xml" and b"<svg" in data[:1024]:
        return "SVG"
    return None


def first_page(tiff: bytes) -> tuple[bytes, bool]:
    """A TIFF cut down to its first page, and whether there were more.

    Pillow counts pages before it decodes one, in time that grows with their square: 100,000 empty pages in 600 kB keep
    it busy for minutes. Its directory of tags ends in the offset of the next page's directory; a zero there is the end.
    """
    order = "<" if tiff[:2] == b"II" else ">"
    big = tiff[2:4] in (b"+\0", b"\0+")
    start, count, entry, link = (8, "Q", 20, "Q") if big else (4, "H", 12, "I")
    try:
        (directory,) = struct.unpack_from(order + link, tiff, start)
        (entries,) = struct.unpack_from(order + count, tiff, directory)
        end = directory + struct.calcsize(count) + entry * entries
        (following,) = struct.unpack_from(order + link, tiff, end)
    except struct.error:
        return tiff, False  # cut short: the decoder will say so
    if not following:
        return tiff, False
    page = bytearray(tiff)
    struct.pack_into(order + link, page, end, 0)
    return bytes(page), True
