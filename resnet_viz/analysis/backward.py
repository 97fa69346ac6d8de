"""A gradient carried back from boundary to boundary, over what a pass has kept.

Between two boundaries a few operations are run again where PyTorch writes down what it needs, and are then forgotten: the
work is that of one pass forwards and backwards behind the place, the memory that of one block instead of the network's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from resnet_viz.forward.program import Program, execute, make_plan, steps_towards
from resnet_viz.forward.run import forward, value
from resnet_viz.records import INPUT, NETWORK, Activations

AT_ONCE = 320 * 320
"""Most pixels of a batch for whose gradient a whole pass is held in memory: 400 MB in ResNet-50."""


def logit_gradients(
    program: Program, activations: Activations, class_index: int, place: str, output: Tensor | None = None
) -> Mapping[str, Tensor]:
    """d logit / d output, at a place and at every boundary behind it, each of the shape of that output.

    `output` is the place's, where it is at hand. The place may be one that shortcuts go around: what runs before it is
    held as it is. Raises NetworkError `unknown_place`.
    """
    last = program.outputs[NETWORK]
    logits = activations.kept[last]
    seed = torch.zeros_like(logits)
    seed[:, class_index] = 1
    here = program.outputs.get(place, place)
    known = dict(activations.kept)
    if here not in known:
        known[here] = value(program, activations, place) if output is None else output
    found = carry_back(program, known, seed, here)
    return found if here == place else {**found, place: found[here]}


def carry_back(
    program: Program, known: Mapping[str, Tensor], seed: Tensor, stop: str, begin: str | None = None
) -> dict[str, Tensor]:
    """The gradient `seed` at the known operation `begin`, carried back over `known` outputs to the operation `stop`.

    It begins at the logits, (N, classes), unless said otherwise. Returns the gradients at `stop` and at every known
    place on the way to it.
    """
    order = {name: number for number, name in enumerate((INPUT, *program.steps))}
    begin = program.outputs[NETWORK] if begin is None else begin
    between = (name for name in known if order[stop] <= order[name] <= order[begin])
    ahead = sorted(between, key=order.__getitem__)
    before = {name for name in known if order[name] < order[stop]}
    found = {begin: seed}
    with torch.inference_mode(False), torch.enable_grad():
        while len(ahead) > 1:
            end = ahead.pop()
            if end in found:
                starts = dict.fromkeys(before, False) | dict.fromkeys(ahead, True)
                for name, gradient in _piece(program, known, starts, end, found[end]).items():
                    found[name] = found[name] + gradient if name in found else gradient
    return found


def differentiable_logits(program: Program, x: Tensor) -> Tensor:
    """Logits (N, classes) of images (N, C, H, W), for autograd to differentiate in `x`.

    Of large pictures no more is held than boundaries and one block, at the price of a second pass.
    """
    if x.shape[0] * x.shape[2] * x.shape[3] > AT_ONCE:
        return _Logits.apply(x, program)  # type: ignore[no-any-return]
    last = program.outputs[NETWORK]
    values = {INPUT: x}
    execute(make_plan(program.steps.values(), {INPUT, last}), values)
    return values[last]


def _piece(
    program: Program, known: Mapping[str, Tensor], starts: Mapping[str, bool], end: str, gradient: Tensor
) -> dict[str, Tensor]:
    """The gradient at `end` carried back to what it is computed from: the nearest on its way of those `starts` that vary.

    The others, which lie before the place, are constants.
    """
    steps = steps_towards(program, starts, (end,))
    read = {name for step in steps for name in step.inputs} & starts.keys()
    # A clone is no inference tensor, which autograd would refuse.
    values = {name: known[name].detach().clone().requires_grad_(starts[name]) for name in read}
    leaves = {name: tensor for name, tensor in values.items() if starts[name]}
    if not leaves:
        return {}
    execute(make_plan(steps, {end, *leaves}), values)
    gradients = torch.autograd.grad(values[end], list(leaves.values()), gradient)
    return dict(zip(leaves, gradients, strict=True))


class _Logits(torch.autograd.Function):
    """One pass that keeps its boundaries, and the way back over them."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, program: Program) -> Tensor:
        """Logits (N, classes)."""
        ctx.program, ctx.kept = program, forward(program, x.detach()).kept
        logits: Tensor = ctx.kept[program.outputs[NETWORK]]
        with torch.inference_mode(False):
            return logits.clone()

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None]:
        """Gradient at the images."""
        return carry_back(ctx.program, ctx.kept, gradients[0], INPUT)[INPUT], None
