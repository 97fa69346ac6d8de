"""Slim networks of any depth, residual and plain: basic blocks of one width at one resolution, so that depth alone changes."""

from __future__ import annotations

from typing import Literal

import torch
from torch import Tensor, nn
from torchvision.models.resnet import BasicBlock

from resnet_viz.networks.plain import PlainBasicBlock
from resnet_viz.networks.seeding import seeded

Kind = Literal["residual", "plain"]

DEPTHS = range(20, 201, 20)
"""Depths that are offered: weighted layers, as papers count."""

WIDTH = 16
"""Channels of every layer."""


class Slim(nn.Module):
    """A 3x3 convolution, blocks of two 3x3 convolutions each, the mean over the map, and a linear classifier."""

    def __init__(self, kind: Kind, depth: int, width: int = WIDTH, classes: int = 10) -> None:
        super().__init__()
        block = BasicBlock if kind == "residual" else PlainBasicBlock
        self.conv1 = nn.Conv2d(3, width, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.relu = nn.ReLU()
        self.layer1 = nn.Sequential(*(block(width, width) for _ in range((depth - 2) // 2)))
        self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
        self.fc = nn.Linear(width, classes)

    def forward(self, x: Tensor) -> Tensor:
        """Logits (N, classes) of images (N, 3, H, W)."""
        x = self.relu(self.bn1(self.conv1(x)))
        x = self.layer1(x)
        return self.fc(torch.flatten(self.avgpool(x), 1))  # type: ignore[no-any-return]


def slim(kind: Kind, depth: int, seed: int = 0, width: int = WIDTH) -> nn.Module:
    """An untrained slim network of `depth` weighted layers (even, from 4), in evaluation mode.

    Convolutions start as torchvision's ResNets do (He et al. 2015, by the outputs); the values follow from `seed` alone
    and are the same for both kinds. Raises ValueError for a depth that no whole number of blocks gives.
    """
    if depth < 4 or depth % 2:
        raise ValueError(
            f"{depth} layers: an even number from 4 is expected, a stem, a classifier and pairs between them"
        )
    with seeded(seed):
        model = Slim(kind, depth, width)
        for module in model.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
            if getattr(module, "inplace", False):
                module.inplace = False  # type: ignore[assignment]
    return model.eval()
