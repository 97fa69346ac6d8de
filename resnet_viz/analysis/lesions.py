"""A network with parts of its blocks taken out: what is left is a program like any other, run from the first cut on.

Veit, Wilber, Belongie 2016, arXiv 1605.06431, section 4: a residual network loses little with any one of its blocks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from torch import Tensor

from resnet_viz.errors import NetworkError
from resnet_viz.forward.program import Program, Step, make_plan, steps_towards
from resnet_viz.forward.run import known_before, resume
from resnet_viz.records import NETWORK, Activations, BlockRecord, Blueprint

Part = Literal["branch", "shortcut"]


@dataclass(frozen=True, slots=True, order=True)
class Lesion:
    """One cut: a block's residual branch F(x), or its shortcut."""

    block: str
    part: Part

    @property
    def id(self) -> str:
        """`layer3.2.branch`, the same in every language."""
        return f"{self.block}.{self.part}"


def possible(plan: Blueprint) -> tuple[Lesion, ...]:
    """Every cut that leaves a way through its block, in the order of the blocks.

    A residual block may lose its branch or its shortcut; a projection is a shortcut, and stays where the branch goes. A
    block without a shortcut can only be taken out whole, where its output has the shape of its input.
    """
    return tuple(Lesion(block.name, part) for block in plan.blocks for part in _parts(block))


def read(plan: Blueprint, ids: Iterable[str]) -> tuple[Lesion, ...]:
    """The cuts with these ids that are possible, in order; of two in one block the first of `ids`, for no way were left."""
    known = {lesion.id: lesion for lesion in possible(plan)}
    by_block: dict[str, Lesion] = {}
    for name in ids:
        if name in known:
            by_block.setdefault(known[name].block, known[name])
    return tuple(lesion for lesion in known.values() if by_block.get(lesion.block) == lesion)


def removable(plan: Blueprint) -> tuple[str, ...]:
    """Blocks that can be taken out whole, residual or plain: what comes in has the shape of what goes out."""
    whole = (block for block in plan.blocks if not block.projection and "branch" in _parts(block))
    return tuple(block.name for block in whole)


def cut(program: Program, plan: Blueprint, lesions: Collection[Lesion]) -> Program:
    """The network after these cuts: where a block adds, it takes what is left. The network itself stays as it is.

    Raises NetworkError `no_lesion` for a cut that is not possible, or for two in one block.
    """
    if len(read(plan, (lesion.id for lesion in lesions))) < len(set(lesions)):
        raise NetworkError("no_lesion", network=plan.network, lesions=", ".join(lesion.id for lesion in lesions))
    left = {meeting(plan, plan.block(lesion.block)): _left(plan.block(lesion.block), lesion.part) for lesion in lesions}
    steps = {name: _changed(step, left) for name, step in program.steps.items()}
    needed = steps_towards(replace(program, steps=steps), (), program.boundaries)
    moves = make_plan(needed, program.boundaries)
    return replace(program, steps=MappingProxyType(steps), plan=moves)


def lesioned(
    program: Program, plan: Blueprint, activations: Activations, lesions: Collection[Lesion]
) -> tuple[Program, Activations]:
    """The network after these cuts, and its pass for the picture of `activations`, run from the first cut on."""
    after = cut(program, plan, lesions)
    if not lesions:
        return after, activations
    first = min((meeting(plan, plan.block(lesion.block)) for lesion in lesions), key=list(program.steps).index)
    return after, resume(after, known_before(program, activations, first))


def reaches(program: Program, place: str) -> bool:
    """Whether what a place puts out still goes into the answer."""
    operation = program.outputs.get(place, place)
    answer = program.outputs[NETWORK]
    return operation not in program.steps or operation in {s.place for s in steps_towards(program, (), (answer,))}


def meeting(plan: Blueprint, block: BlockRecord) -> str:
    """The place where branch and shortcut of a block meet: what its last ReLU reads."""
    return plan.layer(block.output).inputs[0]


def _parts(block: BlockRecord) -> tuple[Part, ...]:
    if block.kind == "inception":
        return ()
    if block.shortcut == "none":
        return ("branch",) if block.input_shape == block.output_shape else ()
    return ("branch", "shortcut")


def _left(block: BlockRecord, gone: Part) -> str:
    """The place whose output is all that a block's last ReLU gets."""
    if gone == "shortcut":
        return block.branch[-1]
    return block.projection[-1] if block.projection else block.source


def _changed(step: Step, left: dict[str, str]) -> Step:
    if step.place in left:
        return Step(step.place, _same, (left[step.place],), None)
    if left.keys() & set(step.inputs):
        return replace(step, in_place=None)  # what it reads is no longer memory of its own
    return step


def _same(x: Tensor) -> Tensor:
    return x
