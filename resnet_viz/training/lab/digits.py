"""The handwritten digits that ship with the app: 8x8 pixels, 1,347 for training and 450 for validation."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

FILE = Path(__file__).parents[3] / "assets" / "data" / "digits.csv.gz"

CLASSES = 10
VALIDATION = 450
"""Digits that are kept for validation, a quarter of all."""

_BRIGHTEST = 16
_SPLIT_SEED = 0


@dataclass(frozen=True, slots=True)
class Digits:
    """Images (N, 1, 8, 8) as float32 from 0 to 1 and their digits (N,) as int64; nothing may be written to them."""

    images: Tensor
    targets: Tensor

    def __len__(self) -> int:
        return len(self.targets)


@cache
def digits() -> tuple[Digits, Digits]:
    """The digits for training and those for validation: a split drawn once, the same for every run."""
    with gzip.open(FILE, "rt", encoding="ascii") as file:
        table = torch.from_numpy(np.loadtxt(file, delimiter=",", dtype=np.int64))
    order = torch.randperm(len(table), generator=torch.Generator().manual_seed(_SPLIT_SEED))
    table = table[order]
    return _digits(table[VALIDATION:]), _digits(table[:VALIDATION])


def _digits(rows: Tensor) -> Digits:
    images = rows[:, :-1].reshape(-1, 1, 8, 8).float() / _BRIGHTEST
    return Digits(images.contiguous(memory_format=torch.channels_last), rows[:, -1].contiguous())
