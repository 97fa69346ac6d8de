"""Downloads from a server on this machine: whole, or nothing left of them."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

from resnet_viz.errors import WeightsError
from resnet_viz.networks.download import download
from resnet_viz.networks.pretrained import cache_file, is_cached


def quiet(_done: int, _total: int) -> None:
    return


def never() -> bool:
    return False


def left(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir()) if folder.exists() else []


def fails(url: str) -> WeightsError:
    with pytest.raises(WeightsError) as caught:
        download("resnet18", "imagenet-v1", quiet, never, base_url=url)
    return caught.value


def test_a_download_is_checked_and_cached(published: bytes, cache: Path, server: Any) -> None:
    server.body = published
    assert not is_cached("resnet18", "imagenet-v1")
    seen: list[tuple[int, int]] = []
    file = download("resnet18", "imagenet-v1", lambda done, total: seen.append((done, total)), never, server.url + "/")
    assert file == cache_file("resnet18", "imagenet-v1")
    assert file.parent == cache
    assert file.read_bytes() == published
    assert left(cache) == [file.name]
    assert server.asked == [f"/{file.name}"]
    assert is_cached("resnet18", "imagenet-v1")
    assert seen[0] == (0, len(published)) and seen[-1] == (len(published), len(published))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert file.stat().st_mode & 0o777 == 0o644


def test_a_server_that_does_not_say_how_much(published: bytes, server: Any) -> None:
    server.body, server.says_length = published, False
    seen: list[tuple[int, int]] = []
    download("resnet18", "imagenet-v1", lambda done, total: seen.append((done, total)), never, server.url)
    assert seen[-1] == (len(published), 0)


@pytest.mark.parametrize("says_length", [True, False])
def test_a_truncated_body(published: bytes, cache: Path, server: Any, says_length: bool) -> None:
    server.body, server.keep_back, server.says_length = published, 1000, says_length
    # Without a length nobody can know that something is missing, but the hash does.
    assert fails(server.url).code == ("weights_download_failed" if says_length else "weights_hash")
    assert left(cache) == []


def test_a_wrong_hash(published: bytes, cache: Path, server: Any) -> None:
    server.body = published[:-1] + bytes([published[-1] ^ 1])
    error = fails(server.url)
    assert error.code == "weights_hash"
    assert error.values["expected"] != error.values["found"]
    assert left(cache) == []


@pytest.mark.parametrize(("status", "reason"), [(404, "404 Not Found"), (500, "500 Internal Server Error")])
def test_a_server_that_refuses(published: bytes, cache: Path, server: Any, status: int, reason: str) -> None:
    server.status = status
    error = fails(server.url)
    assert (error.code, error.values["reason"]) == ("weights_download_failed", reason)
    assert left(cache) == []


def test_nobody_there(published: bytes, cache: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    error = fails(f"http://127.0.0.1:{port}")
    assert error.code == "weights_download_failed"
    assert isinstance(error.values["reason"], ConnectionRefusedError)
    assert left(cache) == []


def test_a_cancel(published: bytes, cache: Path, server: Any) -> None:
    server.body = published
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) == 2

    with pytest.raises(WeightsError, match="weights_download_cancelled"):
        download("resnet18", "imagenet-v1", quiet, cancelled, server.url)
    assert len(asked) == 2
    assert left(cache) == []


def test_an_interrupt(published: bytes, cache: Path, server: Any) -> None:
    server.body = published

    def interrupt(done: int, _total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        download("resnet18", "imagenet-v1", interrupt, never, server.url)
    assert left(cache) == []


def test_a_failure_leaves_what_was_there(published: bytes, cache: Path, server: Any) -> None:
    cache.mkdir(parents=True)
    file = cache_file("resnet18", "imagenet-v1")
    file.write_bytes(b"damaged before")
    server.status = 404
    fails(server.url)
    assert file.read_bytes() == b"damaged before"
    assert left(cache) == [file.name]
    server.status, server.body = 200, published
    download("resnet18", "imagenet-v1", quiet, never, server.url)
    assert file.read_bytes() == published


def test_a_cache_that_cannot_be_written(published: bytes, cache: Path, server: Any) -> None:
    cache.parent.mkdir(parents=True)
    cache.write_text("a file where the folder should be")
    server.body = published
    assert fails(server.url).code == "weights_download_failed"
    assert cache.read_text() == "a file where the folder should be"


def test_what_torchvision_does_not_have() -> None:
    with pytest.raises(WeightsError, match="weights_no_version"):
        download("plain50", "imagenet-v1", quiet, never, "http://127.0.0.1:9")
