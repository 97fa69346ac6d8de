"""One pass through a network that keeps its block boundaries, and any other value computed again from them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import torch
from torch import Tensor

from resnet_viz.errors import NetworkError
from resnet_viz.forward.program import Program, compile_program, execute, make_plan, steps_towards
from resnet_viz.records import INPUT, NETWORK, Activations, Prediction, WeightsInfo

__all__ = ["Program", "compile_program", "forward", "known_before", "logits", "predictions", "resume", "value"]


def forward(program: Program, x: Tensor) -> Activations:
    """Run one image (1, C, H, W) through the network and keep the boundaries, the image and the logits among them.

    The logits are bit by bit those of the model itself. `x` is kept as it is: do not write to it any more.
    """
    values = {INPUT: x}
    with torch.inference_mode():
        execute(program.plan, values)
        answer = values[program.outputs[NETWORK]][0].float()
    return Activations(MappingProxyType(values), answer, sum(tensor.nbytes for tensor in values.values()))


def resume(program: Program, known: Mapping[str, Tensor]) -> Activations:
    """The rest of a pass where the outputs of some places, (1, C, H, W) or (1, N), are known: only what they lack is run.

    Keeps what `forward` keeps, and what was known.
    """
    values = dict(known)
    plan = make_plan(steps_towards(program, values, program.boundaries), {*program.boundaries, *known})
    with torch.inference_mode():
        execute(plan, values)
    answer = values[program.outputs[NETWORK]][0].float()
    return Activations(MappingProxyType(values), answer, sum(tensor.nbytes for tensor in values.values()))


def known_before(program: Program, activations: Activations, place: str) -> dict[str, Tensor]:
    """What a pass kept of the operations that run before a place: shortcuts around it may start there."""
    order = {name: number for number, name in enumerate(program.steps)}
    here = order.get(program.outputs.get(place, place), -1)
    return {name: kept for name, kept in activations.kept.items() if name == INPUT or order[name] < here}


def logits(program: Program, batch: Tensor) -> Tensor:
    """Logits (N, classes) of images (N, C, H, W), and nothing kept of the way."""
    last = program.outputs[NETWORK]
    values = {INPUT: batch}
    with torch.inference_mode():
        execute(make_plan(program.steps.values(), {INPUT, last}), values)
    return values[last]


def value(program: Program, activations: Activations, place: str) -> Tensor:
    """The output of a place, (1, C, H, W) or (1, N), computed again from what was kept, bit by bit what the pass had.

    A stage's, a block's and the network's output is that of its last operation. Raises NetworkError `unknown_place`.
    """
    operation = program.outputs.get(place, place)
    if operation not in program.steps and operation != INPUT:
        raise NetworkError("unknown_place", place=place, network=program.network)
    values = dict(activations.kept)
    plan = make_plan(steps_towards(program, values, (operation,)), {operation, *values})
    with torch.inference_mode():
        execute(plan, values)
    return values[operation]


def predictions(activations: Activations, info: WeightsInfo, k: int = 5) -> tuple[Prediction, ...]:
    """The k likeliest classes, best first; probabilities are the softmax of the logits."""
    probabilities = activations.logits.double().softmax(0)
    best = probabilities.topk(min(k, len(probabilities)))
    return tuple(
        Prediction(info.labels[index], index, probability, float(activations.logits[index]))
        for probability, index in zip(best.values.tolist(), best.indices.tolist(), strict=True)
    )
