"""What each block adds to a class's logit, to first order.

With g the gradient of the logit at the sum F(x) + shortcut of a block,

    branch = <g, F(x)>,   shortcut = <g, shortcut>

is how fast the logit changes as that part is scaled up from what it is. It is not what the logit would lose without the
block: behind the sum come ReLUs, and with a large step other units are switched on and off.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from resnet_viz.analysis.dissection import shortcut_place, sum_place
from resnet_viz.analysis.gradients import gradients
from resnet_viz.forward.program import Program, steps_towards
from resnet_viz.forward.run import value
from resnet_viz.forward.walk import GoOn, to_the_end
from resnet_viz.records import Activations, BlockRecord, Blueprint


@dataclass(frozen=True, slots=True)
class LogitShare:
    """One block's part of a logit, to first order, in the logit's own unit."""

    block: str
    branch: float
    """<g, F(x)>"""
    shortcut: float
    """<g, shortcut>"""


def logit_shares(
    program: Program, plan: Blueprint, activations: Activations, class_index: int, go_on: GoOn = to_the_end
) -> tuple[LogitShare, ...] | None:
    """The shares of all residual blocks, in order; None where it was not to go on. For ResNets.

    The gradient goes back from block to block, so that only one of them is held in memory with what it needs for it.
    """
    blocks = tuple(block for block in plan.blocks if block.shortcut != "none")
    last = sum_place(plan, blocks[-1])
    gradient = gradients(program, {last: activations.kept[last]}, class_index, [last])[last]
    found: list[LogitShare] = []
    before = [None, *(sum_place(plan, block) for block in blocks[:-1])]
    for done, (block, start) in enumerate(zip(reversed(blocks), reversed(before), strict=True), start=1):
        share, back = _share(program, plan, activations, (block, start), gradient)
        found.insert(0, share)
        if not go_on(done, len(blocks)):
            return None
        if back is not None:
            gradient = back
    return tuple(found)


def _share(
    program: Program, plan: Blueprint, activations: Activations, part: tuple[BlockRecord, str | None], gradient: Tensor
) -> tuple[LogitShare, Tensor | None]:
    """A block's share, and the gradient at the sum of the block before; None for the first."""
    block, start = part
    total, shortcut = sum_place(plan, block), shortcut_place(block)
    known = block.source if start is None else start
    # A clone is no inference tensor, which autograd would refuse.
    leaf = value(program, activations, known).clone().requires_grad_(start is not None)
    with torch.inference_mode(False), torch.set_grad_enabled(start is not None):
        values = {known: leaf}
        for step in steps_towards(program, values, (total,)):
            values[step.place] = step.call(*[values[name] for name in step.inputs])
        back = None if start is None else torch.autograd.grad(values[total], leaf, gradient)[0]
    f, s = (values[str(place)].detach() for place in (block.branch[-1], shortcut))
    return LogitShare(block.name, _dot(gradient, f), _dot(gradient, s)), back


def as_csv(rows: tuple[LogitShare, ...]) -> str:
    """A line for each block, every digit kept."""
    return "\n".join(["block,branch,shortcut", *(f"{r.block},{r.branch!r},{r.shortcut!r}" for r in rows)]) + "\n"


def _dot(one: Tensor, other: Tensor) -> float:
    return float(one.double().flatten() @ other.double().flatten())
