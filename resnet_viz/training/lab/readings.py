"""What a run says while it goes on: a reading a step and a reading an epoch."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One step of training."""

    step: int
    """From 1."""
    loss: float
    """Cross-entropy of the batch before the step, in nats."""
    grad_norm: float
    """Norm of the gradient of all parameters, before clipping."""
    first_norm: float
    """Norm of the gradient of the first convolution's weights alone, before clipping."""

    @property
    def diverged(self) -> bool:
        """Whether the loss is no number any more: the run ends here."""
        return not (math.isfinite(self.loss) and math.isfinite(self.grad_norm))


@dataclass(frozen=True, slots=True)
class Epoch:
    """One pass over the digits for training, and the validation behind it."""

    epoch: int
    """From 1."""
    step: int
    """The last step of it."""
    train_loss: float
    """Mean of the steps' losses, each before its step, weighted by the batch's size."""
    train_top1: float
    """Share of right answers on the way."""
    val_loss: float
    val_top1: float
    """On the digits kept for validation, batch norm's statistics computed again before."""
    seconds: float
    """Processor time since the run began: who shares the machine, and pauses, do not count."""


Reading = Step | Epoch
