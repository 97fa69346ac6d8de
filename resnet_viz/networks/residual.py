"""Residual networks: torchvision's (v1.5) as they are, and the paper's own (v1), whose stride sits on the first 1x1."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from torch import nn
from torchvision.models.resnet import BasicBlock, Bottleneck, ResNet

STAGE_BLOCKS: dict[int, tuple[int, int, int, int]] = {
    18: (2, 2, 2, 2),
    34: (3, 4, 6, 3),
    50: (3, 4, 6, 3),
    101: (3, 4, 23, 3),
    152: (3, 8, 36, 3),
}
"""Blocks in stages 1 to 4 by depth: table 1 of He et al. 2015, arXiv 1512.03385."""

BOTTLENECK_DEPTHS = (50, 101, 152)
"""Depths whose blocks are bottlenecks; the others are made of basic blocks."""


class BottleneckV1(Bottleneck):  # type: ignore[misc]
    """The bottleneck of He et al. 2015: the first 1x1 convolution carries the stride, not the 3x3.

    Same keys and shapes as torchvision's, and as its projection, which has the stride in both.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Moved, not built anew: a convolution's stride is no part of its weights.
        self.conv1.stride, self.conv2.stride = self.conv2.stride, self.conv1.stride


def residual(depth: int, v1: bool = False) -> Callable[[int], nn.Module]:
    """A builder of ResNet-`depth` that takes the number of classes; `v1` strides in the first 1x1 of bottlenecks."""
    block = BasicBlock if depth not in BOTTLENECK_DEPTHS else BottleneckV1 if v1 else Bottleneck
    return resnet(block, depth)


def resnet(block: type[BasicBlock | Bottleneck], depth: int) -> Callable[[int], nn.Module]:
    """A builder of torchvision's ResNet with these blocks, as many as `depth` asks for."""

    def build(classes: int) -> nn.Module:
        return ResNet(block, list(STAGE_BLOCKS[depth]), num_classes=classes)  # type: ignore[no-any-return]

    return build
