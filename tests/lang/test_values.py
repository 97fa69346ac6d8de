"""What fills a placeholder, as each language says it."""

from __future__ import annotations

import errno
import socket
import ssl

import pytest

from resnet_viz.lang import text


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (("a", "b"), "a, b", "a、b"),
        ((7,), "7", "7"),
        (
            FileNotFoundError(errno.ENOENT, "No such file or directory"),
            "no such file or folder",
            "没有这个文件或文件夹",
        ),
        (TimeoutError("timed out"), "no answer came in time", "等待超时"),
        (socket.gaierror(-2, "Name or service not known"), "the server's name", "找不到服务器"),
        # Its number 1 is SSL's own, and not the system's EPERM.
        (ssl.SSLCertVerificationError(1, "certificate verify failed"), "certificate", "证书"),
        (ssl.SSLError(1, "wrong version number"), "wrong version number", "wrong version number"),
        (OSError(errno.EXDEV, "Invalid cross-device link"), "Invalid cross-device link", "Invalid cross-device link"),
    ],
)
def test_lists_and_system_errors_are_spoken(value: object, english: str, chinese: str) -> None:
    assert english in text("en", "cli.file_failed", file="f", reason=value)
    assert chinese in text("zh", "cli.file_failed", file="f", reason=value)
