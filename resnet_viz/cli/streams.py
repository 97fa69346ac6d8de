"""Standard streams that may be closed, full or short of letters, and files that fail without telling their name."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

STDOUT = "<stdout>"
"""The file name of an OSError that befell standard output, spelled as Python spells it."""


def escape_what_cannot_be_written() -> None:
    """Let both streams write `\\u6743` for a letter that their encoding lacks, as a shell's settings may have it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


@contextmanager
def naming(file: Path | str) -> Iterator[None]:
    """Put the file's name on an OSError that has none: opening says which file it was, reading and writing do not."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(file)
        raise


def write(words: str) -> None:
    """Write to standard output, at once. Raises OSError with STDOUT as its file name."""
    with naming(STDOUT):
        if sys.stdout is None:  # what Python makes of `>&-`
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        try:
            sys.stdout.write(words)
            sys.stdout.flush()
        except OSError:
            _give_up(sys.stdout)
            raise


def tell(line: str) -> None:
    """Write a line to stderr; where that is closed or full, nobody is left to be told."""
    if sys.stderr is None:  # print() would take None for standard output
        return
    try:
        print(line, file=sys.stderr, flush=True)
    except OSError:
        _give_up(sys.stderr)


def _give_up(stream: TextIO) -> None:
    """Send what the stream still holds to nowhere: Python would try again as it ends, and complain."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
