"""Files that are whole or not there: written beside their place, then moved into it in one step."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A temporary path in the folder of `target`, which takes its place when the `with` ends without an exception.

    After an exception of any kind (a cancel, a full disk, Ctrl-C) `target` is as it was and the temporary file is gone.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    os.close(handle)
    part = Path(name)
    try:
        yield part
        # mkstemp makes files that their owner alone can read; what takes its place here is for everyone.
        part.chmod(0o644)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def sha256_of(file: Path) -> str:
    """SHA-256 of a file as 64 hex digits. Remembered for as long as size and time of the file stay. Raises OSError."""
    state = file.stat()
    return _sha256(file, state.st_size, state.st_mtime_ns)


@lru_cache(maxsize=64)
def _sha256(file: Path, _size: int, _mtime: int) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
