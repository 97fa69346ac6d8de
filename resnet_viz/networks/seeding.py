"""Random starting values that follow from a seed alone, whatever other threads draw meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import torch

# PyTorch's initialisers draw from the one generator of the process: two sessions that seed it at once would mix.
_DRAWING = threading.Lock()


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Seed the generator for a block of code, one thread at a time, and put its state back after."""
    with _DRAWING, torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        yield
