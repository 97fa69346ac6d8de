"""The networks of the lab: a stem, pairs of 3x3 convolutions at 8x8, the mean over the map, a classifier.

One flag is all that tells a residual network from a plain one, so twins of one seed start from the same values. PyTorch alone
is used: the worker starts twice as fast without torchvision.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from resnet_viz.networks.seeding import seeded
from resnet_viz.training.lab.digits import CLASSES
from resnet_viz.training.lab.settings import Norm, Settings


class Pair(nn.Module):
    """y = ReLU(F(x) + x), or ReLU(F(x)) without the shortcut; F is two 3x3 convolutions, each with its batch norm."""

    def __init__(self, width: int, shortcut: bool, norm: Norm) -> None:
        super().__init__()
        self.shortcut = shortcut
        self.conv1, self.bn1 = _conv(width, width), _norm(width, norm)
        self.conv2, self.bn2 = _conv(width, width), _norm(width, norm)

    def forward(self, x: Tensor) -> Tensor:
        """The pair's output, (N, width, 8, 8) like its input."""
        out = F.relu(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(out))
        return F.relu(out + x if self.shortcut else out)


class DigitNet(nn.Module):
    """A network of `depth` weighted layers: one in the stem, two in each pair, one in the classifier."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        width, norm = settings.width, settings.norm
        self.conv1, self.bn1 = _conv(1, width), _norm(width, norm)
        self.pairs = nn.Sequential(
            *(Pair(width, settings.kind == "residual", norm) for _ in range((settings.depth - 2) // 2))
        )
        self.fc = nn.Linear(width, CLASSES)

    def forward(self, x: Tensor) -> Tensor:
        """Logits (N, 10) of images (N, 1, 8, 8)."""
        x = F.relu(self.bn1(self.conv1(x)))
        x = self.pairs(x)
        return self.fc(x.mean(dim=(2, 3)))  # type: ignore[no-any-return]


def build(settings: Settings) -> DigitNet:
    """The untrained network: He initialisation by the inputs; all values follow from the seed, alike for both kinds."""
    with seeded(settings.seed):
        model = DigitNet(settings)
        for module in model.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
    return model


def recompute_statistics(model: nn.Module, images: Tensor) -> None:
    """Give batch norm the mean and variance over `images` that the present weights have, in one pass.

    The running ones are a mean over earlier weights, and lag so far behind after few steps that a network which has learned
    fails validation. Training does not read them, so it goes on as it would have. The model itself is changed: own it.
    """
    norms = [module for module in model.modules() if isinstance(module, nn.BatchNorm2d)]
    if not norms:
        return
    momenta = [norm.momentum for norm in norms]
    for norm in norms:
        norm.momentum = 1.0
    model.train()
    with torch.no_grad():
        model(images)
    for norm, momentum in zip(norms, momenta, strict=True):
        norm.momentum = momentum


def _conv(inputs: int, outputs: int) -> nn.Conv2d:
    return nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)


def _norm(width: int, norm: Norm) -> nn.Module:
    return nn.BatchNorm2d(width) if norm == "batch" else nn.Identity()
