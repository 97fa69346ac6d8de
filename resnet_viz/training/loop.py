"""The recipe: SGD with a warm-up and a cosine, growing images, label smoothing, averaged weights.

    rate(t) = lr t/0.2 for the first fifth of all steps, then lr/2 (1 + cos(pi (t - 0.2)/0.8))
    average = average + (1 - d) (weights - average),   d = min(0.998, (1 + step)/(10 + step))

Twins are a controlled pair: starting values, order of the images, augmentation, schedule and optimizer are the same.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from resnet_viz.training.accuracy import score
from resnet_viz.training.data import Split, TrainingError, training_batches
from resnet_viz.training.models import build, channels_last

Row = dict[str, float]
"""What one epoch came to."""

Precision = Literal["bfloat16", "float32"]

VALIDATION_SIZE = 128
"""Side in pixels of the images that an epoch is validated on, or that of its own images where they are larger."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The arguments of a run."""

    arch: str
    schedule: str = "96x10,128x3,160x2"
    """Pixels x epochs, in order."""
    lr: float = 0.1
    batch: int = 64
    seed: int = 0
    precision: Precision = "bfloat16"
    """Arithmetic of the passes: `bfloat16` autocast, which is fast only where the processor has it, or `float32`."""

    @property
    def bfloat16(self) -> bool:
        """Whether the passes run under bfloat16 autocast."""
        return self.precision == "bfloat16"

    @property
    def sizes(self) -> tuple[int, ...]:
        """Side of the images in each epoch, in pixels. Raises TrainingError `training_schedule`."""
        try:
            pairs = [tuple(map(int, part.split("x"))) for part in self.schedule.split(",")]
            sizes = tuple(size for size, epochs in pairs for _ in range(epochs))
        except ValueError as error:
            raise TrainingError("training_schedule", schedule=self.schedule) from error
        if not sizes or min(sizes) < 32:
            raise TrainingError("training_schedule", schedule=self.schedule)
        return sizes


class Trainee:
    """A network while it is trained: weights, their average, optimizer, progress. The one thing here that changes."""

    def __init__(self, settings: Settings, classes: int, steps: int) -> None:
        self.settings = settings
        self.model = channels_last(build(settings.arch, settings.seed, classes))
        self.mean_model = channels_last(build(settings.arch, settings.seed, classes))
        decay = [p for p in self.model.parameters() if p.ndim > 1]
        rest = [p for p in self.model.parameters() if p.ndim <= 1]
        groups = [{"params": decay, "weight_decay": 5e-4}, {"params": rest, "weight_decay": 0.0}]
        self.optimizer = torch.optim.SGD(groups, lr=settings.lr, momentum=0.9, nesterov=True, foreach=True)
        self.steps = steps
        """Steps of an epoch."""
        self.step = 0
        self.rows: list[Row] = []
        pairs = zip(self.mean_model.state_dict().values(), self.model.state_dict().values(), strict=True)
        floats = [(mean, current) for mean, current in pairs if mean.is_floating_point()]
        self._averaged, self._current = [mean for mean, _ in floats], [current for _, current in floats]

    def rate(self) -> float:
        """The learning rate of the next step."""
        done = self.step / (self.steps * len(self.settings.sizes))
        return self.settings.lr * (done / 0.2 if done < 0.2 else 0.5 * (1 + math.cos(math.pi * (done - 0.2) / 0.8)))

    def learn(self, images: Tensor, targets: Tensor) -> tuple[Tensor, float, float]:
        """One step on one batch: logits before it, loss before it, norm of the gradient before clipping."""
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate()
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.settings.bfloat16):
            logits = self.model(images.to(memory_format=torch.channels_last))
            loss = F.cross_entropy(logits.float(), targets, label_smoothing=0.1)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        norm = nn.utils.clip_grad_norm_(self.model.parameters(), 5.0).item()
        self.optimizer.step()
        self.step += 1
        with torch.no_grad():
            torch._foreach_lerp_(self._averaged, self._current, 1 - min(0.998, (1 + self.step) / (10 + self.step)))
        return logits, loss.item(), norm


def train_epoch(trainee: Trainee, split: Split, progress: Callable[[int, int], None]) -> Row:
    """Train one more epoch and return what it came to, not yet validated. `progress` gets steps done and in all."""
    settings, epoch = trainee.settings, len(trainee.rows)
    size = settings.sizes[epoch]
    trainee.model.train()
    began = time.perf_counter()
    seen, hits, loss_sum, norm_sum, rate = 0, 0.0, 0.0, 0.0, 0.0
    for done, (images, targets) in enumerate(
        training_batches(split, size, settings.batch, settings.seed * 1000 + epoch), start=1
    ):
        rate = trainee.rate()
        logits, loss, norm = trainee.learn(images, targets)
        seen += len(targets)
        loss_sum += loss * len(targets)
        norm_sum += norm
        hits += (logits.argmax(1) == targets).sum().item()
        progress(done, trainee.steps)
    return {
        "epoch": epoch + 1,
        "size": size,
        "lr": round(rate, 6),
        "train_loss": loss_sum / seen,
        "train_top1": hits / seen,
        "grad_norm": norm_sum / trainee.steps,
        "seconds": round(time.perf_counter() - began, 1),
    }


def validated(trainee: Trainee, row: Row, split: Split) -> Row:
    """A row with the averaged weights' loss and accuracy on every second validation image beside it."""
    found = score(trainee.mean_model, split.every(2), max(int(row["size"]), VALIDATION_SIZE), trainee.settings.bfloat16)
    return {**row, "val_loss": found.loss, "val_top1": found.top1}
