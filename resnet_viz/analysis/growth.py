"""How strong the signal is after each block, and how much of it the block itself put there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch

from resnet_viz.forward.run import Program, value
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

    @property
    def share(self) -> float | None:
        """|F(x)| / |shortcut|: below 1 the block changes its input by less than it hands on. None without a shortcut."""
        return self.branch / self.shortcut if self.shortcut else None


def growth(program: Program, plan: Blueprint, activations: Activations) -> tuple[BlockNorm, ...]:
    """The norms of every block of a network on one image, in order."""

    def rms(place: str) -> float:
        output = value(program, activations, place)
        return float(torch.linalg.vector_norm(output.double())) / math.sqrt(output.numel())

    return tuple(
        BlockNorm(
            block=block.name,
            output=rms(block.output),
            branch=rms(block.branch[-1]),
            shortcut=None if block.shortcut == "none" else rms(_shortcut(block)),
        )
        for block in plan.blocks
    )


def change(norms: Sequence[BlockNorm]) -> float:
    """How many times the first block's output the last one's is."""
    return norms[-1].output / norms[0].output if norms and norms[0].output else math.nan


def as_csv(networks: Sequence[tuple[str, Sequence[BlockNorm]]]) -> str:
    """Norms of named networks as CSV, every digit kept; what is not there is empty."""
    lines = ["network,block,output_rms,branch_rms,shortcut_rms"]
    for name, norms in networks:
        for row in norms:
            shortcut = "" if row.shortcut is None else repr(row.shortcut)
            lines.append(f"{name},{row.block},{row.output!r},{row.branch!r},{shortcut}")
    return "\n".join(lines) + "\n"


def _shortcut(block: BlockRecord) -> str:
    return block.projection[-1] if block.projection else block.source
