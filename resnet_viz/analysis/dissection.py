"""A block taken apart on one image: x, F(x) step by step, the shortcut, their sum, and what leaves the block.

    output = relu(F(x) + shortcut),   shortcut = x or its projection

F and the shortcut are computed again from the block's kept input, while the output is that of the pass itself: the two
sides of the equation meet only if the dissection is right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from resnet_viz.forward.program import Program
from resnet_viz.forward.run import value
from resnet_viz.records import Activations, BlockRecord, Blueprint, LayerRecord, StageRecord

Map = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Norms:
    """F(x) beside the shortcut, over a whole block."""

    branch: float
    """L2 norm of F(x)."""
    shortcut: float
    """L2 norm of the shortcut."""
    ratio: float
    """|F(x)| / |shortcut|; NaN where the shortcut is zero."""
    cosine: float
    """<F(x), shortcut> / (|F(x)| |shortcut|): 1 for the same direction, -1 for the opposite; NaN where one is zero."""


@dataclass(frozen=True, slots=True)
class Positions:
    """The same in each cell, over its channels: (H, W), NaN where there is no such number."""

    branch: Map
    shortcut: Map
    ratio: Map
    cosine: Map


@dataclass(frozen=True, slots=True)
class Dissection:
    """What a block did to one image."""

    block: BlockRecord
    values: Mapping[str, Tensor]
    """Outputs (1, C, H, W) of the block's source and of all its operations, in order, by place."""
    sum: str
    """Place of F(x) + shortcut; of F(x) where there is no shortcut."""
    error: float
    """Largest difference between relu(F(x) + shortcut) and the output that the pass had."""

    @property
    def branch(self) -> Tensor:
        """F(x)."""
        return self.values[self.block.branch[-1]]

    @property
    def shortcut(self) -> Tensor | None:
        """What is added to F(x); None in a plain block."""
        place = shortcut_place(self.block)
        return None if place is None else self.values[place]


def dissect(program: Program, plan: Blueprint, activations: Activations, place: str) -> Dissection:
    """Take the block at a place apart. Raises NetworkError `unknown_place`, ValueError for a block without a branch."""
    block = plan.block(place)
    if not block.branch:
        raise ValueError(f"{place} has no residual branch")
    values = {block.source: value(program, activations, block.source)}
    with torch.inference_mode():
        for name in block.layers:
            step = program.steps[name]
            values[name] = step.call(*[values[source] for source in step.inputs])
        total = sum_place(plan, block)
        there = value(program, activations, block.output)
        error = float((values[total].relu() - there).abs().max())
    return Dissection(block, MappingProxyType(values), total, error)


def dissected_blocks(plan: Blueprint) -> tuple[BlockRecord, ...]:
    """The blocks that can be taken apart: those with a residual branch, or with what would be one in a plain network."""
    return tuple(block for block in plan.blocks if block.branch)


def block_around(plan: Blueprint, blocks: tuple[BlockRecord, ...], place: str) -> str:
    """The block at or around a place; of a stage its last one, for the stem the first, behind the stages the last."""
    names = [found.name for found in blocks]
    record = plan.by_place.get(place)
    if isinstance(record, StageRecord):
        return next((name for name in reversed(record.blocks) if name in names), names[0])
    if isinstance(record, LayerRecord):
        around = record.block if record.block in names else names[-1] if record.stage is None else names[0]
        return str(around)
    return place if place in names else names[0]


def shortcut_place(block: BlockRecord) -> str | None:
    """Where what is added to F(x) comes from: the projection's end, or the block's source; None in a plain block."""
    if block.shortcut == "none":
        return None
    return block.projection[-1] if block.projection else block.source


def sum_place(plan: Blueprint, block: BlockRecord) -> str:
    """The place whose output the block's last ReLU reads."""
    return plan.layer(block.output).inputs[0]


def norms(branch: Tensor, shortcut: Tensor) -> Norms:
    """Norms, ratio and cosine of two outputs of one shape, in float64."""
    f, s = branch.double().flatten(), shortcut.double().flatten()
    long, along = float(f.norm()), float(s.norm())
    return Norms(long, along, _over(long, along), _over(float(f @ s), long * along))


def positions(branch: Tensor, shortcut: Tensor) -> Positions:
    """The same in each cell of (1, C, H, W)."""
    f, s = branch[0].double(), shortcut[0].double()
    long, along = (torch.linalg.vector_norm(part, dim=0).numpy() for part in (f, s))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(along > 0, long / along, np.nan)
        cosine = np.where(long * along > 0, (f * s).sum(0).numpy() / (long * along), np.nan)
    return Positions(long, along, ratio, cosine)


def _over(one: float, other: float) -> float:
    return one / other if other else float("nan")
