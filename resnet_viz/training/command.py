"""What the commands of the recipe share: errors in one line, progress in one line."""

from __future__ import annotations

import sys
from collections.abc import Callable

from resnet_viz.errors import VizError
from resnet_viz.lang import sentence

FAILED = 2
"""Exit status where the user gave something that cannot be used."""


def reported(work: Callable[[], int]) -> int:
    """The exit status of `work`, or 2 after one line on stderr about what the user gave."""
    try:
        return work()
    except VizError as error:
        message = sentence("en", error)
    except OSError as error:
        message = f"{error.filename or 'file'}: {error.strerror or error}"
    print(" ".join(message.split()), file=sys.stderr)
    return FAILED


def counted(what: str) -> Callable[[int, int], None]:
    """Progress on stderr, written over itself on a terminal, and once at the end of it anywhere else."""
    terminal = sys.stderr.isatty()

    def show(done: int, total: int) -> None:
        if terminal or done == total:
            end = "\n" if done == total else "\r"
            print(f"{what}: {done:,} / {total:,}", end=end, file=sys.stderr, flush=True)

    return show
