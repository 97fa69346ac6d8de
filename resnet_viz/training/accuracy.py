"""How often a network is right, on images that it was not trained on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from resnet_viz.training.data import Split, prepare

_BATCH = 16
"""Small enough for the caches: 64 take one and a half times as long on a processor."""


@dataclass(frozen=True, slots=True)
class Score:
    """Top-1 accuracy as a fraction, and the mean cross-entropy in nats."""

    top1: float
    loss: float


@torch.inference_mode()
def score(
    model: nn.Module,
    split: Split,
    size: int,
    bfloat16: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Score:
    """Accuracy of a model at `size` pixels a side; it is left in evaluation mode.

    `bfloat16` runs under autocast, as the recipe does while it trains; the figures of a card are float32.
    """
    model.eval()
    hits = loss = 0.0
    for start in range(0, len(split), _BATCH):
        targets = split.targets[start : start + _BATCH]
        logits = _logits(model, prepare(split.images[start : start + _BATCH], size), bfloat16)
        hits += (logits.argmax(1) == targets).sum().item()
        loss += F.cross_entropy(logits, targets, reduction="sum").item()
        progress(min(start + _BATCH, len(split)), len(split))
    return Score(hits / len(split), loss / len(split))


def _logits(model: nn.Module, images: Tensor, bfloat16: bool) -> Tensor:
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bfloat16):
        logits: Tensor = model(images)
    return logits.float()
