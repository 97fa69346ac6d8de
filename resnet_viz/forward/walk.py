"""Every output of a pass once, in order, each let go as soon as nothing reads it any more."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import torch
from torch import Tensor

from resnet_viz.forward.program import Program, make_plan
from resnet_viz.records import INPUT, Activations

T = TypeVar("T")

GoOn = Callable[[int, int], bool]
"""Told what is done and how much there is in all; answers whether to go on."""


def to_the_end(done: int, total: int) -> bool:
    """Go on, whatever is done."""
    return True


def each_output(
    program: Program, activations: Activations, measure: Callable[[str, Tensor], T], go_on: GoOn = to_the_end
) -> dict[str, T] | None:
    """What `measure` makes of the output of each operation, by its place; None where it was not to go on.

    What the pass kept is not computed again; `measure` must not write to what it is given.
    """
    kept = activations.kept
    values = {INPUT: kept[INPUT]}
    found: dict[str, T] = {}
    plan = make_plan(program.steps.values(), kept)
    with torch.inference_mode():
        for done, move in enumerate(plan, start=1):
            output = kept.get(move.place)
            if output is None:
                output = program.steps[move.place].call(*[values[name] for name in move.inputs])
            values[move.place] = output
            found[move.place] = measure(move.place, output)
            for name in move.done:
                del values[name]
            if not go_on(done, len(plan)):
                return None
    return found
