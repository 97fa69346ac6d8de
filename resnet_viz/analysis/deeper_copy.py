"""A plain network that does exactly what a shallower one does: why more layers ought not to be worse.

He et al. 2015 (arXiv 1512.03385, section 1) argue so: copy the layers of the shallow network, and let each layer that the
deep one has besides be the identity. Here that is done, and both are run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import torch
from torch import Tensor, nn

from resnet_viz.networks.catalog import build
from resnet_viz.networks.plain import PlainBasicBlock


@dataclass(frozen=True, slots=True)
class DeeperCopy:
    """The two networks stage by stage, and how far apart their answers are."""

    copied: tuple[int, ...]
    """Blocks of each stage that the shallow network has too."""
    added: tuple[int, ...]
    """Blocks of each stage that are the identity."""
    layers: int
    """Weighted layers that are the identity."""
    logits: int
    error: float
    """The largest difference of two logits."""
    largest: float
    """The largest logit in size."""


def deeper_copy(shallow: str, deep: str, image: Tensor) -> DeeperCopy:
    """Run a plain network of basic blocks and its copy inside a deeper one on an image (1, 3, H, W); both untrained."""
    ours, theirs = build(shallow), build(deep)
    theirs.load_state_dict(ours.state_dict(), strict=False)  # the first blocks of a stage, and all else
    copied, added = [], []
    for name in (name for name, _ in ours.named_children() if name.startswith("layer")):
        few, many = len(_stage(ours, name)), len(_stage(theirs, name))
        for block in list(_stage(theirs, name))[few:]:
            _make_identity(block)
        copied.append(few)
        added.append(many - few)
    with torch.inference_mode():
        answer, other = ours(image), theirs(image)
    return DeeperCopy(
        tuple(copied),
        tuple(added),
        2 * sum(added),
        answer.numel(),
        float((answer - other).abs().max()),
        float(answer.abs().max()),
    )


def _stage(model: nn.Module, name: str) -> nn.Sequential:
    return cast("nn.Sequential", model.get_submodule(name))


@torch.no_grad()
def _make_identity(block: nn.Module) -> None:
    """Set a block's weights so that it hands on what it gets: behind a ReLU, whose values another ReLU leaves alone."""
    if not isinstance(block, PlainBasicBlock):
        raise TypeError(f"{type(block).__name__}: a PlainBasicBlock is expected")
    for convolution in (block.conv1, block.conv2):
        nn.init.dirac_(convolution.weight)
    for norm in (block.bn1, block.bn2):
        nn.init.ones_(norm.weight)
        nn.init.zeros_(norm.bias)
        nn.init.zeros_(norm.running_mean)
        nn.init.constant_(norm.running_var, 1 - norm.eps)  # it divides by sqrt(var + eps)
