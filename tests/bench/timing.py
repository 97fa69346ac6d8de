"""What the benchmarks share: interleaved timing, medians of ratios, a table, and a verdict."""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import torch

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))  # `python tests/bench/x.py` knows only the script's own folder

THREADS = int(os.environ.get("OMP_NUM_THREADS", "1"))
"""As in the app."""


def seconds(call: Callable[[], object]) -> float:
    """CPU time of one call: nothing here waits for anything, and what else the machine does is not its time."""
    start = time.process_time()
    call()
    return time.process_time() - start


def interleaved(calls: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """CPU seconds of each call in each round, after one round that is not counted.

    One after the other in every round, in an order of its own: what else the machine does, and what a call leaves behind
    in caches and in the heap, meets all of them alike.
    """
    shuffle = random.Random(0).shuffle
    torch.set_num_threads(THREADS)
    for call in calls.values():
        call()
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds):
        order = list(calls)
        shuffle(order)
        for name in order:
            taken[name].append(seconds(calls[name]))
    return taken


def ratio(taken: Sequence[float], bare: Sequence[float]) -> float:
    """The median over the rounds of what a call took, in bare passes of the same round."""
    return statistics.median(a / b for a, b in zip(taken, bare, strict=True))


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Text in columns, numbers to the right."""
    cells = [[f"{cell:.3f}" if isinstance(cell, float) else str(cell) for cell in row] for row in [head, *rows]]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:], strict=True))])
        for row in cells
    )


def verdict(checks: Sequence[tuple[str, float, float]]) -> int:
    """Print each (what, measured, target) and return the exit status: 1 where a target is missed."""
    for what, measured, target in checks:
        print(f"{'ok    ' if measured <= target else 'MISSED'} {what}: {measured:.3f}, target {target:.2f}")
    return int(any(measured > target for _, measured, target in checks))
