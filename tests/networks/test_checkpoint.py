"""Files of weights: both formats, and bytes from people who mean no good."""

from __future__ import annotations

import io
import json
import os
import pickle
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import safetensors.torch
import torch
from torch import Tensor, nn

from resnet_viz.errors import WeightsError
from resnet_viz.networks import checkpoint
from resnet_viz.networks.checkpoint import outline, tensors
from resnet_viz.networks.quantize import quantize

pytestmark = pytest.mark.filterwarnings("ignore:Detected pickle protocol", "ignore:Validating sparse")

STATE = {
    "conv.weight": torch.randn(4, 3, 3, 3, generator=torch.Generator().manual_seed(0)),
    "bn.bias": torch.arange(4.0).half(),
    "bn.num_batches_tracked": torch.tensor(7),
}


def saved(thing: object, zipped: bool = True) -> bytes:
    stream = io.BytesIO()
    torch.save(thing, stream, _use_new_zipfile_serialization=zipped)
    return stream.getvalue()


WRITERS: dict[str, Callable[[dict[str, Tensor]], bytes]] = {
    "safetensors": safetensors.torch.save,
    "zip": saved,
    "old pickle": lambda state: saved(state, zipped=False),
    "nested": lambda state: saved({"epoch": 3, "state_dict": state, "optimizer": {"lr": [0.1]}}),
    "nested twice": lambda state: saved({"model": {"state_dict": state, "args": "x"}}),
    "parallel": lambda state: saved({f"module.{key}": value for key, value in state.items()}),
    "compiled, parallel": lambda state: safetensors.torch.save(
        {f"_orig_mod.module.{key}": value for key, value in state.items()}
    ),
    "parameters": lambda state: saved(
        {k: nn.Parameter(v, requires_grad=v.is_floating_point()) for k, v in state.items()}
    ),
}


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS)
@pytest.mark.parametrize("as_file", [False, True])
def test_formats(writer: Callable[[dict[str, Tensor]], bytes], as_file: bool, tmp_path: Path) -> None:
    content: bytes | Path = writer(STATE)
    if isinstance(content, bytes) and as_file:
        # Its name says nothing: what a file is, its bytes say.
        (tmp_path / "weights.txt").write_bytes(content)
        content = tmp_path / "weights.txt"
    found = tensors(content, "w")
    assert found.keys() == STATE.keys()
    assert all(torch.equal(found[key], value.float() if value.ndim else value) for key, value in STATE.items())
    assert found["bn.bias"].dtype == torch.float32
    assert outline(content, "w").shapes == {key: tuple(value.shape) for key, value in STATE.items()}


def test_int8_is_given_back_and_its_scales_are_not_in_the_outline() -> None:
    content = safetensors.torch.save(quantize(STATE))
    assert outline(content, "w").shapes == {key: tuple(value.shape) for key, value in STATE.items()}
    found = tensors(content, "w")
    assert found.keys() == STATE.keys()
    assert torch.allclose(found["conv.weight"], STATE["conv.weight"], atol=0.02)


class Hostile:
    """A pickle that writes a file when it is loaded."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return os.mkdir, (str(self.file),)


def hostile(file: Path) -> list[bytes]:
    return [
        pickle.dumps(Hostile(file)),
        pickle.dumps({"conv.weight": Hostile(file)}, protocol=2),
        saved({"state_dict": STATE, "more": Hostile(file)}),
        saved({"conv.weight": Hostile(file)}, zipped=False),
        saved(nn.Linear(2, 2)),
    ]


@pytest.mark.parametrize("number", range(5))
@pytest.mark.parametrize("read", [outline, tensors])
def test_hostile_pickles_run_nothing(number: int, read: Callable[[Path | bytes, str], object], tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    with pytest.raises(WeightsError) as caught:
        read(hostile(trap)[number], "evil.pt")
    assert (caught.value.code, caught.value.values) == ("weights_unreadable", {"file": "evil.pt"})
    assert not trap.exists()


def with_header(header: object, body: bytes = b"") -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + body


def zip_of(name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, "b")
    return stream.getvalue()


BAD = {
    "empty": b"",
    "text": b"these are no weights at all",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "a zip of something else": zip_of("a.txt"),
    "safetensors cut off": safetensors.torch.save(STATE)[:-10],
    "safetensors cut off in its header": safetensors.torch.save(STATE)[:30],
    "zip cut off": saved(STATE)[:-50],
    "old pickle cut off": saved(STATE, zipped=False)[:-50],
    "header longer than allowed": struct.pack("<Q", 2**60) + b"{}" + bytes(50),
    "header is a list": with_header(b"{]"),
    "header without shapes": with_header({"a": {}}),
    "header of numbers": with_header({"a": 5}),
    "shape of words": with_header({"a": {"dtype": "F32", "shape": ["x"], "data_offsets": [0, 4]}}, bytes(4)),
    "shape is none": with_header({"a": {"dtype": "F32", "shape": None, "data_offsets": [0, 4]}}, bytes(4)),
    "metadata is a list": with_header(
        {"__metadata__": [1], "a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}, bytes(4)
    ),
    "header nested deep": with_header(b'{"a":' * 100_000),
    "int8 without a scale": safetensors.torch.save({"a": torch.ones(2, 2, dtype=torch.int8)}),
    "a list of tensors": saved([torch.ones(2)]),
    "a tensor": saved(torch.ones(2)),
    "text under a key": saved({"conv.weight": "abc"}),
    "keys that are numbers": saved({1: torch.ones(2)}),
    "sparse": saved({"a": torch.eye(3).to_sparse()}),
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_bad_bytes_have_one_sentence(content: bytes) -> None:
    with pytest.raises(WeightsError) as caught:
        tensors(content, "bad.pt")
    assert (caught.value.code, caught.value.values) == ("weights_unreadable", {"file": "bad.pt"})


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
def test_an_outline_raises_nothing_but_weights_errors(content: bytes) -> None:
    try:
        outline(content, "bad.pt")
    except WeightsError as error:
        assert error.code == "weights_unreadable"


@pytest.mark.parametrize("writer", ["safetensors", "zip", "old pickle"])
def test_flipped_bytes_raise_nothing_but_weights_errors(writer: str) -> None:
    """A fuzz with a fixed seed: 300 files with one to eight bytes changed, most of them in the structure."""
    whole = WRITERS[writer](STATE)
    choose = torch.Generator().manual_seed(1)
    refused = 0
    for _ in range(300):
        content = bytearray(whole)
        for _ in range(int(torch.randint(1, 9, (1,), generator=choose))):
            content[int(torch.randint(len(content), (1,), generator=choose))] = int(
                torch.randint(256, (1,), generator=choose)
            )
        for read in (outline, tensors):
            try:
                read(bytes(content), "w")
            except WeightsError:
                refused += 1
    assert refused > 100


def test_a_zip_that_unfolds_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoint, "MAX_BYTES", 50_000)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/data.pkl", pickle.dumps({}))
        archive.writestr("archive/data/0", bytes(10_000_000))
    assert len(stream.getvalue()) < 50_000
    with pytest.raises(WeightsError, match="weights_unreadable"):
        tensors(stream.getvalue(), "bomb.pt")


def test_a_file_that_is_too_large(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(checkpoint, "MAX_BYTES", 3_000_000)
    (tmp_path / "big").write_bytes(bytes(4_000_000))
    for content in (bytes(4_000_000), tmp_path / "big"):
        with pytest.raises(WeightsError) as caught:
            outline(content, "big")
        assert (caught.value.code, caught.value.values) == ("weights_too_large", {"file": "big", "size": 4, "limit": 3})


def test_a_path_that_is_no_file(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.pt", tmp_path):
        with pytest.raises(WeightsError, match="weights_no_file"):
            tensors(path, path.name)


def test_a_path_without_an_end(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (Path("/dev/zero"), tmp_path / "pipe"):
        with pytest.raises(WeightsError, match="weights_no_file"):
            tensors(path, path.name)


def test_a_description_that_is_none() -> None:
    content = safetensors.torch.save(STATE, {"card": "{}"})
    with pytest.raises(WeightsError, match="weights_card"):
        outline(content, "w")


@pytest.mark.parametrize("low", [b"\x80", b"P"], ids=["pickle", "zip"])
def test_a_header_whose_length_begins_like_another_format(low: bytes) -> None:
    """safetensors as plain as `save_file(resnet50().state_dict(), file)` writes it: its header has 0x7080 bytes."""
    plain = safetensors.torch.save({"fc.weight": torch.ones(2, 3)})
    length = struct.unpack("<Q", plain[:8])[0]
    padding = (low[0] - length) % 256
    padded = struct.pack("<Q", length + padding) + plain[8 : 8 + length] + b" " * padding + plain[8 + length :]
    assert padded.startswith(low)
    assert dict(outline(padded, "w.safetensors").shapes) == {"fc.weight": (2, 3)}
    assert torch.equal(tensors(padded, "w.safetensors")["fc.weight"], torch.ones(2, 3))
