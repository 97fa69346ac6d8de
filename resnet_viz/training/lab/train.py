"""One run: SGD with momentum on the digits, reading by reading.

    v = 0.9 v + clip(g) + 1e-4 w,   w = w - lr v,   clip(g) = g min(1, 5 / |g|)

Twins of one seed see the same batches in the same order, and start from the same values.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import torch
from torch import nn
from torch.nn import functional as F

from resnet_viz.training.lab.digits import Digits, digits
from resnet_viz.training.lab.network import DigitNet, build, recompute_statistics
from resnet_viz.training.lab.readings import Epoch, Reading, Step
from resnet_viz.training.lab.settings import BATCH, CLIP, DECAY, MOMENTUM, Settings

BATCHES = tuple(min(BATCH, len(digits()[0]) - start) for start in range(0, len(digits()[0]), BATCH))
"""Digits in each batch of an epoch; the last has fewer."""
STEPS = len(BATCHES)
"""Steps of an epoch."""

STATISTICS = 512
"""Images over which batch norm's statistics are computed again; all of them would take half as long as the epoch."""


def train(settings: Settings) -> Iterator[Reading]:
    """Train a network and yield what each step and each epoch came to; ends early where the loss is no number any more."""
    training, validation = digits()
    model = build(settings).to(memory_format=torch.channels_last)
    optimizer = torch.optim.SGD(model.parameters(), lr=settings.lr, momentum=MOMENTUM, weight_decay=DECAY, foreach=True)
    order = torch.Generator().manual_seed(settings.seed)
    began = time.process_time()
    step = 0
    for epoch in range(1, settings.epochs + 1):
        model.train()
        loss_sum, hits = 0.0, 0
        for chosen in torch.split(torch.randperm(len(training), generator=order), BATCH):
            step += 1
            reading, right = _learn(model, optimizer, training, chosen, step)
            yield reading
            if reading.diverged:
                return
            loss_sum += reading.loss * len(chosen)
            hits += right
        recompute_statistics(model, training.images[:STATISTICS])
        val_loss, val_top1 = _score(model, validation)
        seconds = time.process_time() - began
        yield Epoch(epoch, step, loss_sum / len(training), hits / len(training), val_loss, val_top1, seconds)


def _learn(
    model: DigitNet, optimizer: torch.optim.Optimizer, data: Digits, chosen: torch.Tensor, step: int
) -> tuple[Step, int]:
    """One step on the digits `chosen`, and how many of them were answered rightly before it."""
    images, targets = data.images[chosen], data.targets[chosen]
    logits = model(images)
    loss = F.cross_entropy(logits, targets)
    optimizer.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    first = model.conv1.weight.grad
    first_norm = 0.0 if first is None else first.norm().item()
    norm = nn.utils.clip_grad_norm_(model.parameters(), CLIP).item()
    optimizer.step()
    return Step(step, loss.item(), norm, first_norm), int((logits.argmax(1) == targets).sum().item())


@torch.no_grad()
def _score(model: nn.Module, data: Digits) -> tuple[float, float]:
    """Loss and share of right answers in evaluation mode."""
    model.eval()
    logits = model(data.images)
    right = (logits.argmax(1) == data.targets).sum().item()
    return F.cross_entropy(logits, data.targets).item(), right / len(data)
