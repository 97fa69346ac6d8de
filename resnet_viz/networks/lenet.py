"""LeNet-5 (LeCun et al. 1998), layers named as in the paper's figure 2."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class LeNet5(nn.Module):
    """1x32x32 in, 61,706 parameters for 10 classes.

    Two things are simpler than in the paper, as in most code since: C3 reads all maps of S2 (the paper connects some),
    and subsampling is an average without trainable scale and bias. The output is linear, not a radial basis function.
    """

    def __init__(self, classes: int = 10) -> None:
        super().__init__()
        self.c1 = nn.Conv2d(1, 6, kernel_size=5)
        self.s2 = nn.AvgPool2d(kernel_size=2)
        self.c3 = nn.Conv2d(6, 16, kernel_size=5)
        self.s4 = nn.AvgPool2d(kernel_size=2)
        self.c5 = nn.Conv2d(16, 120, kernel_size=5)
        self.f6 = nn.Linear(120, 84)
        self.output = nn.Linear(84, classes)
        self.tanh = nn.Tanh()

    def forward(self, x: Tensor) -> Tensor:
        """(N, 1, 32, 32) -> logits (N, classes)."""
        out = self.c1(x)
        out = self.tanh(out)
        out = self.s2(out)
        out = self.c3(out)
        out = self.tanh(out)
        out = self.s4(out)
        out = self.c5(out)
        out = self.tanh(out)
        out = torch.flatten(out, 1)
        out = self.f6(out)
        out = self.tanh(out)
        return self.output(out)  # type: ignore[no-any-return]
