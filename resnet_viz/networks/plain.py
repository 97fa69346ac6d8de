"""Plain twins: the same layers under the same names, without identity and without projection."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from torch import Tensor, nn
from torchvision.models.resnet import BasicBlock, Bottleneck

from resnet_viz.networks.residual import BOTTLENECK_DEPTHS, BottleneckV1, resnet


class PlainBottleneck(Bottleneck):  # type: ignore[misc]
    """y = ReLU(F(x)): a bottleneck without its shortcut."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.downsample = None

    def forward(self, x: Tensor) -> Tensor:
        """F(x) after the last ReLU, (N, 4 planes, H / stride, W / stride)."""
        out = self.conv1(x)
        out = self.bn1(out)
        out = self.relu(out)
        out = self.conv2(out)
        out = self.bn2(out)
        out = self.relu(out)
        out = self.conv3(out)
        out = self.bn3(out)
        return self.relu(out)  # type: ignore[no-any-return]


class PlainBottleneckV1(PlainBottleneck, BottleneckV1):
    """The plain bottleneck with its stride on the first 1x1, as `BottleneckV1` has it."""


class PlainBasicBlock(BasicBlock):  # type: ignore[misc]
    """y = ReLU(F(x)): a basic block without its shortcut."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.downsample = None

    def forward(self, x: Tensor) -> Tensor:
        """F(x) after the last ReLU, (N, planes, H / stride, W / stride)."""
        out = self.conv1(x)
        out = self.bn1(out)
        out = self.relu(out)
        out = self.conv2(out)
        out = self.bn2(out)
        return self.relu(out)  # type: ignore[no-any-return]


def plain(depth: int, v1: bool = False) -> Callable[[int], nn.Module]:
    """A builder of the plain twin of ResNet-`depth`, as `residual` builds that one."""
    block = PlainBasicBlock if depth not in BOTTLENECK_DEPTHS else PlainBottleneckV1 if v1 else PlainBottleneck
    return resnet(block, depth)
