"""What each block adds to a class's logit, to first order.

With g the gradient of the logit at the sum F(x) + shortcut of a block,

    branch = <g, F(x)>,   shortcut = <g, shortcut>

is how fast the logit changes as that part is scaled up from what it is. It is not what the logit would lose without the
block: behind the sum come ReLUs, and with a large step other units are switched on and off.
"""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor

from resnet_viz.analysis.backward import logit_gradients
from resnet_viz.analysis.dissection import shortcut_place, sum_place
from resnet_viz.forward.program import Program
from resnet_viz.forward.run import value
from resnet_viz.forward.walk import GoOn, to_the_end
from resnet_viz.records import Activations, Blueprint


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
    """The shares of all residual blocks, in order; None where it was not to go on. For ResNets."""
    blocks = [block for block in plan.blocks if block.shortcut != "none"]
    if not go_on(0, len(blocks)):
        return None
    gradients = logit_gradients(program, activations, class_index, sum_place(plan, blocks[0]))
    found: list[LogitShare] = []
    for done, block in enumerate(blocks, start=1):
        gradient = gradients[sum_place(plan, block)]
        branch, shortcut = (
            _dot(gradient, value(program, activations, str(place)))
            for place in (block.branch[-1], shortcut_place(block))
        )
        found.append(LogitShare(block.name, branch, shortcut))
        if not go_on(done, len(blocks)):
            return None
    return tuple(found)


def as_csv(rows: tuple[LogitShare, ...]) -> str:
    """A line for each block, every digit kept."""
    return "\n".join(["block,branch,shortcut", *(f"{r.block},{r.branch!r},{r.shortcut!r}" for r in rows)]) + "\n"


def _dot(one: Tensor, other: Tensor) -> float:
    return float(one.double().flatten() @ other.double().flatten())
