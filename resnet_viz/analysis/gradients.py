"""Gradients at any places of a network, by running its program where PyTorch writes down what it needs for them.

No hook, no `.grad`: the shared model stays as it is, and any number of threads may ask at the same time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import torch
from torch import Tensor

from resnet_viz.errors import NetworkError
from resnet_viz.forward.program import Program, steps_towards
from resnet_viz.records import INPUT, NETWORK

Score = Callable[[Tensor], Tensor]
"""Logits (N, classes) -> the one number whose gradient is asked for."""


@dataclass(frozen=True, slots=True)
class BothWays:
    """What one pass forwards and one backwards leave at the places that were asked for."""

    values: Mapping[str, Tensor]
    """Place -> its output, (N, C, H, W) or (N, features)."""
    gradients: Mapping[str, Tensor]
    """Place -> gradient of the score with respect to that output, of the same shape."""
    score: float


def gradients(
    program: Program, start: Tensor | Mapping[str, Tensor], score: int | Score, places: Iterable[str]
) -> Mapping[str, Tensor]:
    """d score / d (output of a place), for each of `places`; arguments as for `both_ways`."""
    return both_ways(program, start, score, places).gradients


def both_ways(
    program: Program, start: Tensor | Mapping[str, Tensor], score: int | Score, places: Iterable[str]
) -> BothWays:
    """Outputs of `places`, and the gradient of a score with respect to each.

    `start` is a batch of images (N, C, H, W), or outputs of places, from which the pass then goes on: what lies before
    them is never run. `score` is a class, for the sum of its logits over the batch, or any function of the logits. A
    stage's, a block's and the network's output is that of its last operation.
    Raises NetworkError `unknown_place`, also for a place that the pass from `start` does not come through.
    """
    wanted = {place: _operation(program, place) for place in places}
    last = program.outputs[NETWORK]
    with torch.inference_mode(False), torch.enable_grad():
        values = _run(program, {INPUT: start} if isinstance(start, Tensor) else start, last)
        for place, operation in wanted.items():
            if operation not in values:
                raise NetworkError("unknown_place", place=place, network=program.network)
        total = score_of(values[last], score)
        found = torch.autograd.grad(total, [values[operation] for operation in wanted.values()])
    return BothWays(
        MappingProxyType({place: values[operation].detach() for place, operation in wanted.items()}),
        MappingProxyType(dict(zip(wanted, found, strict=True))),
        float(total.detach()),
    )


def score_of(logits: Tensor, score: int | Score) -> Tensor:
    """The number that a score makes of logits (N, classes); a class stands for the sum of its logits."""
    return logits[:, score].sum() if isinstance(score, int) else score(logits)


def _run(program: Program, start: Mapping[str, Tensor], last: str) -> dict[str, Tensor]:
    """Every output from `start` to `last`, differentiable; copies of what it starts from are the graph's leaves."""
    known = {_operation(program, place): tensor for place, tensor in start.items()}
    steps = steps_towards(program, known, (last,))
    read = {name for step in steps for name in step.inputs} | {last}
    # What nothing reads has no gradient. A clone is no inference tensor, which autograd would refuse.
    values = {name: known[name].detach().clone().requires_grad_() for name in read & known.keys()}
    for step in steps:
        values[step.place] = step.call(*[values[name] for name in step.inputs])
    return values


def _operation(program: Program, place: str) -> str:
    operation = program.outputs.get(place, place)
    if operation not in program.steps and operation != INPUT:
        raise NetworkError("unknown_place", place=place, network=program.network)
    return operation
