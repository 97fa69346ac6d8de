"""How strong the signal is after each block, and how much of it the block itself put there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from resnet_viz.analysis.dissection import norms, shortcut_place
from resnet_viz.forward.run import Program, value
from resnet_viz.forward.walk import GoOn, to_the_end
from resnet_viz.records import Activations, BlockRecord, Blueprint


@dataclass(frozen=True, slots=True)
class BlockNorm:
    """One block, each norm an L2 norm over the square root of the number of units: comparable across sizes."""

    block: str
    output: float
    """Of what leaves the block, behind its last ReLU."""
    branch: float
    """Of F(x), in front of the addition; without a shortcut, in front of the last ReLU."""
    shortcut: float | None
    """Of what is added to it: x, or its projection; None without a shortcut."""
    cosine: float | None = None
    """Of the angle between F(x) and the shortcut; None without one."""

    @property
    def share(self) -> float | None:
        """|F(x)| / |shortcut|: below 1 the block changes its input by less than it hands on. None without a shortcut."""
        return self.branch / self.shortcut if self.shortcut else None


def growth(
    program: Program, plan: Blueprint, activations: Activations, go_on: GoOn = to_the_end
) -> tuple[BlockNorm, ...]:
    """The norms of every block of a network on one image, in order; of fewer where it was not to go on."""
    found: list[BlockNorm] = []
    for done, block in enumerate(plan.blocks, start=1):
        found.append(_block_norm(program, activations, block))
        if not go_on(done, len(plan.blocks)):
            break
    return tuple(found)


def _block_norm(program: Program, activations: Activations, block: BlockRecord) -> BlockNorm:
    output = _rms(value(program, activations, block.output))
    branch = value(program, activations, block.branch[-1])
    place = shortcut_place(block)
    if place is None:
        return BlockNorm(block.name, output, _rms(branch), None)
    shortcut = value(program, activations, place)
    return BlockNorm(block.name, output, _rms(branch), _rms(shortcut), norms(branch, shortcut).cosine)


def _rms(output: Tensor) -> float:
    return float(torch.linalg.vector_norm(output.double())) / math.sqrt(output.numel())


def change(rows: Sequence[BlockNorm]) -> float:
    """How many times the first block's output the last one's is."""
    return rows[-1].output / rows[0].output if rows and rows[0].output else math.nan


def as_csv(networks: Sequence[tuple[str, Sequence[BlockNorm]]]) -> str:
    """Norms of named networks as CSV, every digit kept; what is not there is empty."""
    lines = ["network,block,output_rms,branch_rms,shortcut_rms,cosine"]
    for name, rows in networks:
        for row in rows:
            shortcut, cosine = ("" if number is None else repr(number) for number in (row.shortcut, row.cosine))
            lines.append(f"{name},{row.block},{row.output!r},{row.branch!r},{shortcut},{cosine}")
    return "\n".join(lines) + "\n"
