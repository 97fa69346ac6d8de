"""Files of weights, from anyone: measured, opened without running anything in them, and told in one sentence if bad.

Two formats, told apart by their first bytes and not by a name: safetensors, and what
`torch.save(model.state_dict(), file)` writes, read with `weights_only=True`.
"""

from __future__ import annotations

import errno
import json
import os
import pickle
import stat
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TypeVar

import safetensors.torch
import torch
from safetensors import SafetensorError
from torch import Tensor

from resnet_viz.errors import WeightsError
from resnet_viz.networks import card as cards
from resnet_viz.networks.quantize import SCALE, dequantize
from resnet_viz.records import Shape

MAX_BYTES = 640 * 10**6
"""Largest file that is read: VGG-19, the largest network of the catalogue, takes 575 MB in float32."""

T = TypeVar("T")

_MAX_HEADER = 4 * 2**20
_WRAPPERS = ("state_dict", "model_state_dict", "model")
"""Keys under which training loops keep the state dict."""
_PREFIXES = ("module.", "_orig_mod.")
"""What DataParallel and torch.compile put in front of every key."""

# All that the two readers raise on damaged or hostile bytes, as fuzzing them shows.
_BAD_BYTES = (
    pickle.UnpicklingError,
    SafetensorError,
    zipfile.BadZipFile,
    EOFError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    NotImplementedError,
    RuntimeError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Outline:
    """What a file holds, without its numbers."""

    shapes: Mapping[str, Shape]
    card: cards.Card | None


def outline(source: Path | bytes, name: str) -> Outline:
    """Names and shapes in a file of weights, and its card if it has one; no tensor is loaded.

    `name` is what errors call it. Raises WeightsError `weights_no_file`, `weights_too_large`, `weights_unreadable`,
    `weights_card`.
    """
    check_size(source, name)
    try:
        if not _is_safetensors(source):
            return Outline({key: tuple(value.shape) for key, value in _torch_load(source, "meta").items()}, None)
        entries, metadata = _header(source)
    except _BAD_BYTES as error:
        raise WeightsError("weights_unreadable", file=name) from error
    text = metadata.get(cards.KEY)
    return Outline(entries, None if text is None else cards.from_json(text, name))


def tensors(source: Path | bytes, name: str) -> dict[str, Tensor]:
    """The state dict in a file of weights, int8 as float32 again. Raises WeightsError as `outline` does."""
    check_size(source, name)
    try:
        if _is_safetensors(source):
            stored = safetensors.torch.load_file(source) if isinstance(source, Path) else safetensors.torch.load(source)
            state = dequantize(_unwrapped(stored))
        else:
            state = _torch_load(source, "cpu")
        return {key: value.float() if value.is_floating_point() else value for key, value in state.items()}
    except _BAD_BYTES as error:
        raise WeightsError("weights_unreadable", file=name) from error


def check_size(source: Path | bytes, name: str) -> None:
    """Raise WeightsError `weights_no_file` or `weights_too_large` before anything of a file is read."""
    try:
        size = len(source) if isinstance(source, bytes) else _size(source)
        _beginning(source, 1)
    except OSError as error:
        raise WeightsError("weights_no_file", file=name, reason=error) from error
    if size > MAX_BYTES:
        raise WeightsError("weights_too_large", file=name, size=size // 10**6, limit=MAX_BYTES // 10**6)


def _size(file: Path) -> int:
    # What says no size may have no end either: a device, a pipe.
    found = file.stat()
    if not stat.S_ISREG(found.st_mode) and not stat.S_ISDIR(found.st_mode):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    return found.st_size


def _beginning(source: Path | bytes, length: int) -> bytes:
    if isinstance(source, bytes):
        return source[:length]
    with source.open("rb") as stream:
        return stream.read(length)


def _is_safetensors(source: Path | bytes) -> bool:
    # Eight bytes of length, then JSON. A zip or a pickle, read as that length, says far more than any header has; the
    # length's own first byte says nothing, and may be the 0x80 of a pickle or the P of a zip.
    start = _beginning(source, 9)
    return start[8:] == b"{" and int.from_bytes(start[:8], "little") <= _MAX_HEADER


def _header(source: Path | bytes) -> tuple[dict[str, Shape], dict[str, str]]:
    """Shapes by name and the metadata of a safetensors file, read without the tensors behind them."""
    length = int.from_bytes(_beginning(source, 8), "little")
    if length > _MAX_HEADER:
        raise ValueError(f"a header of {length} bytes")
    found = json.loads(_beginning(source, 8 + length)[8:])
    metadata = found.pop("__metadata__", {})
    shapes = {key: tuple(map(int, entry["shape"])) for key, entry in found.items() if not key.endswith(SCALE)}
    return _unwrapped(shapes), {str(key): str(value) for key, value in metadata.items()}


def _torch_load(source: Path | bytes, device: str) -> dict[str, Tensor]:
    file = BytesIO(source) if isinstance(source, bytes) else source
    if zipfile.is_zipfile(file):
        # PyTorch writes its zips without compression; one that unfolds into far more than its size is an attack.
        with zipfile.ZipFile(file) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_BYTES:
                raise ValueError("a zip that unfolds beyond the limit")
    if isinstance(file, BytesIO):
        file.seek(0)
    return _unwrapped(_plain(torch.load(file, map_location=device, weights_only=True)))


def _plain(found: object) -> dict[str, Tensor]:
    """The state dict in what was loaded: itself, or under one of the keys that training loops use."""
    if isinstance(found, Mapping):
        if all(isinstance(key, str) and _is_dense(value) for key, value in found.items()):
            return dict(found)
        for key in _WRAPPERS:
            if isinstance(found.get(key), Mapping):
                return _plain(found[key])
    raise ValueError("no state dict")


def _is_dense(value: object) -> bool:
    return isinstance(value, Tensor) and value.layout == torch.strided and not value.is_quantized


def _unwrapped(state: Mapping[str, T]) -> dict[str, T]:
    """The same state dict without a prefix that all of its keys share."""
    for prefix in _PREFIXES:
        if state and all(key.startswith(prefix) for key in state):
            return _unwrapped({key.removeprefix(prefix): value for key, value in state.items()})
    return dict(state)
