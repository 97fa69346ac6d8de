"""The picture: a sample, an upload or the camera. One that cannot be read leaves the last one in place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import streamlit as st
from PIL import Image, ImageOps

from resnet_viz.figures.gallery import Sheet, photo_tile, sheet
from resnet_viz.forward.images import MAX_BYTES, MAX_PIXELS, decode, samples
from resnet_viz.records import DecodedImage
from resnet_viz.ui.choices import choose, chosen, remember
from resnet_viz.ui.errors import guard
from resnet_viz.ui.state import prose, t
from resnet_viz.ui.tiles import Tile, TileGroup, tiles

SOURCES = ("sample", "upload", "camera")

_KEPT = "activations_picture"
_THUMBNAIL = 84
_PREVIEW = 240
"""Most pixels of a side of an uploaded picture, shown whole beside what the network sees of it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was read."""

    digest: str
    """SHA-256 of its file."""
    name: str
    """The file's name, or the sample's id; empty for the camera."""
    source: str
    decoded: DecodedImage
    preview: Image.Image
    """The whole picture, small."""


def picture_input() -> Picture | None:
    """Draw the choice of a picture. Returns the newest that could be read, None before the first."""
    source = choose(t("activations.input.source"), SOURCES, key="source", name=_source_name)
    offered = {"sample": _sample, "upload": _upload, "camera": _camera}[source]()
    if source != "sample":
        st.caption(t("activations.input.private"))
    if offered is not None:
        with guard():
            _keep(source, *offered)
    kept: Picture | None = st.session_state.get(_KEPT)
    if kept is not None:
        if kept.source == "upload":
            st.image(kept.preview, alt=picture_name(kept))
        _about(kept, waiting=offered is None)
    return kept


def kept_picture() -> Picture | None:
    """The newest picture that could be read, None before the first."""
    kept: Picture | None = st.session_state.get(_KEPT)
    return kept


def picture_name(picture: Picture) -> str:
    """What a picture is called in the chosen language."""
    if picture.source == "sample":
        return _title(picture.name)
    return picture.name or t("activations.input.camera")


def _source_name(source: str) -> str:
    return t(f"activations.input.{source}")


def _keep(source: str, name: str, data: bytes) -> None:
    digest = sha256(data).hexdigest()
    kept: Picture | None = st.session_state.get(_KEPT)
    if kept is None or (kept.digest, kept.name) != (digest, name):
        decoded = decode(data, name)
        st.session_state[_KEPT] = Picture(digest, name, source, decoded, _preview(decoded.image))


def _preview(image: Image.Image) -> Image.Image:
    return ImageOps.contain(image, (_PREVIEW, _PREVIEW)) if max(image.size) > _PREVIEW else image


def _upload() -> tuple[str, bytes] | None:
    # Any name: what is inside decides, and our own sentence refuses, in the visitor's language.
    file = st.file_uploader(
        t("activations.input.upload_label", megabytes=MAX_BYTES // 10**6, megapixels=MAX_PIXELS // 10**6),
        key="upload",
        max_upload_size=MAX_BYTES // 10**6,
        help=t("activations.input.upload_help"),
    )
    return (file.name, file.getvalue()) if file is not None else None


def _camera() -> tuple[str, bytes] | None:
    shot = st.camera_input(t("activations.input.camera_label"), key="camera")
    return ("", shot.getvalue()) if shot is not None else None


def _sample() -> tuple[str, bytes] | None:
    offered = {sample.name: sample for sample in samples()}
    names = tuple(offered)
    group = TileGroup("", "", "", tuple(Tile(name, n, _title(name), _title(name)) for n, name in enumerate(names)))
    tiles(
        [group],
        _thumbnails(),
        selected=chosen("sample", names),
        label=t("activations.input.samples"),
        key="sample_tiles",
        on_select=lambda name: remember("sample", name),
        side=_THUMBNAIL,
    )
    name = choose(t("activations.input.samples"), names, key="sample", name=_title, draw="select", in_url=True)
    return name, offered[name].path.read_bytes()


def _title(name: str) -> str:
    return t(f"activations.samples.{name}")


@cache
def _thumbnails() -> Sheet:
    """The sample images as tiles, made once for the process: they are files of this project, the same for everyone."""
    return sheet([_thumbnail(sample.path) for sample in samples()], columns=4, lossless=False)


def _thumbnail(file: Path) -> Image.Image:
    with Image.open(file) as picture:
        return photo_tile(picture, 2 * _THUMBNAIL)


def _about(kept: Picture, waiting: bool) -> None:
    """What was read and what had to be done to it."""
    width, height = kept.decoded.original_size
    said = [
        t("activations.input.read", name=picture_name(kept), format=kept.decoded.format, width=width, height=height)
    ]
    said += [t(f"activations.notes.{note}") for note in kept.decoded.notes]
    if kept.source == "sample":
        sample = next(sample for sample in samples() if sample.name == kept.name)
        said.append(t("activations.input.credit", author=sample.author, licence=sample.licence))
    if waiting:
        said.append(t("activations.input.stays"))
    st.caption(prose(said))
