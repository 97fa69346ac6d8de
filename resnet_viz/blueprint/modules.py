"""Which modules are blocks, by what they are made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from torch import nn
from torchvision.models.googlenet import Inception

BlockKind = Literal["bottleneck", "basic", "inception"]

BASIC = frozenset({"conv1", "bn1", "conv2", "bn2"})
"""Layers of a basic block, under torchvision's names."""

BOTTLENECK = BASIC | {"conv3", "bn3"}
"""Layers of a bottleneck, under torchvision's names."""


def block_kind(module: nn.Module) -> BlockKind | None:
    """What kind of block a module is, None for any other.

    A residual block is known by its layers and not by its class: v1, plain ones and those that a page shows the code of
    are found.
    """
    if isinstance(module, Inception):
        return "inception"
    names = {name for name, _ in module.named_children()}
    return "bottleneck" if names >= BOTTLENECK else "basic" if names >= BASIC else None


def is_block(module: nn.Module) -> bool:
    """Whether a module is a block."""
    return block_kind(module) is not None


def block_kinds(model: nn.Module) -> Mapping[str, BlockKind]:
    """Kind of every block of a network by its path, in the order of the modules."""
    found = {path: block_kind(module) for path, module in model.named_modules()}
    return {path: kind for path, kind in found.items() if kind is not None}


def block_of(place: str, blocks: Mapping[str, BlockKind]) -> str | None:
    """Path of the block that an operation is in, None outside of blocks."""
    parts = place.split(".")
    paths = (".".join(parts[:length]) for length in range(1, len(parts)))
    return next((path for path in paths if path in blocks), None)
