"""One pass through a network that keeps its block boundaries, and any other value computed again from them.

A program is a plan made once from the traced graph. It calls the functions below the modules, so no hook runs and
nothing is written to the model: any number of threads run one program at the same time, without a lock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

import torch
from torch import Tensor, fx, nn

from resnet_viz.blueprint import read_blueprint
from resnet_viz.blueprint.trace import trace
from resnet_viz.networks.catalog import spec
from resnet_viz.records import INPUT, NETWORK, Activations, Blueprint, NetworkError, Prediction, WeightsInfo


@dataclass(frozen=True, slots=True)
class Step:
    """One operation of a program."""

    place: str
    call: Callable[..., Tensor]
    """Takes the outputs of `inputs`, in their order."""
    inputs: tuple[str, ...]


Plan = tuple[tuple[Step, tuple[str, ...]], ...]
"""Steps in order, each with the places whose outputs nothing reads after it."""


@dataclass(frozen=True, slots=True)
class Program:
    """A network ready to run. It shares the model's parameters, which must stay as they are."""

    network: str
    steps: Mapping[str, Step]
    """Every operation by its place, in order."""
    plan: Plan
    boundaries: frozenset[str]
    """Places whose outputs a pass keeps."""
    outputs: Mapping[str, str]
    """Place of a stage, a block or the network -> place of the operation that gives its output."""


def compile_program(model: nn.Module, network: str | Blueprint) -> Program:
    """The program of a module in evaluation mode: a network of the catalogue by its name, any other by its blueprint.

    It runs at every input size. Raises NetworkError `unknown_network`.
    """
    blueprint = _read(model, network) if isinstance(network, str) else network
    traced = trace(model)
    steps: dict[str, Step] = {}
    for node in traced.graph.nodes:
        if node.op in ("call_module", "call_function"):
            inputs = tuple(source.meta["place"] for source in node.all_input_nodes)
            steps[node.meta["place"]] = Step(node.meta["place"], _call(node, traced), inputs)
    outputs = {record.name: record.output for record in blueprint.stages}
    outputs |= {record.name: record.output for record in blueprint.blocks}
    outputs |= {NETWORK: blueprint.layers[-1].name}
    kept = _boundaries(blueprint)
    plan = _plan(steps.values(), kept)
    return Program(blueprint.network, MappingProxyType(steps), plan, kept, MappingProxyType(outputs))


def forward(program: Program, x: Tensor) -> Activations:
    """Run one image (1, C, H, W) through the network and keep the boundaries, the image and the logits among them.

    The logits are bit by bit those of the model itself. `x` is kept as it is: do not write to it any more.
    """
    values = {INPUT: x}
    with torch.inference_mode():
        _execute(program.plan, values)
        logits = values[program.outputs[NETWORK]][0].float()
    return Activations(MappingProxyType(values), logits, sum(tensor.nbytes for tensor in values.values()))


def value(program: Program, activations: Activations, place: str) -> Tensor:
    """The output of a place, (1, C, H, W) or (1, N), computed again from what was kept, bit by bit what the pass had.

    A stage's, a block's and the network's output is that of its last operation. Raises NetworkError `unknown_place`.
    """
    operation = program.outputs.get(place, place)
    if operation not in program.steps and operation != INPUT:
        raise NetworkError("unknown_place", place=place, network=program.network)
    values = dict(activations.kept)
    plan = _plan(_missing(program, values, operation), {operation, *values})
    with torch.inference_mode():
        _execute(plan, values)
    return values[operation]


def predictions(activations: Activations, info: WeightsInfo, k: int = 5) -> tuple[Prediction, ...]:
    """The k likeliest classes, best first; probabilities are the softmax of the logits."""
    probabilities = activations.logits.double().softmax(0)
    best = probabilities.topk(min(k, len(probabilities)))
    return tuple(
        Prediction(info.labels[index], index, probability, float(activations.logits[index]))
        for probability, index in zip(best.values.tolist(), best.indices.tolist(), strict=True)
    )


def _read(model: nn.Module, network: str) -> Blueprint:
    entry = spec(network)
    return read_blueprint(model, network, entry.default_size, entry.channels)


def _boundaries(blueprint: Blueprint) -> frozenset[str]:
    """The image; of a block what its last ReLU reads, the sum; outputs of stages without blocks; vectors of the head.

    A block's output is its sum after one ReLU, which costs next to nothing, while no sum can be had from its ReLU.
    """
    kept = {INPUT}
    for block in blueprint.blocks:
        last = blueprint.layer(block.output)
        kept.add(last.inputs[0] if last.kind == "relu" else last.name)
    kept |= {stage.output for stage in blueprint.stages if not stage.blocks}
    kept |= {layer.name for layer in blueprint.head if len(layer.output_shape) == 1}
    return frozenset(kept | {blueprint.layers[-1].name})


def _missing(program: Program, known: Mapping[str, Tensor], place: str) -> list[Step]:
    """Steps between what is known and `place`, in order."""
    needed: set[str] = set()
    ahead = [place]
    while ahead:
        name = ahead.pop()
        if name not in known and name not in needed:
            needed.add(name)
            ahead.extend(program.steps[name].inputs)
    return [step for name, step in program.steps.items() if name in needed]


def _plan(steps: Iterable[Step], kept: Iterable[str]) -> Plan:
    steps, kept = tuple(steps), frozenset(kept)
    reader = {name: step.place for step in steps for name in step.inputs}  # the last one wins
    return tuple((s, tuple(n for n in s.inputs if reader[n] == s.place and n not in kept)) for s in steps)


def _execute(plan: Plan, values: MutableMapping[str, Tensor]) -> None:
    for step, done in plan:
        values[step.place] = step.call(*[values[name] for name in step.inputs])
        for name in done:
            del values[name]


def _call(node: fx.Node, traced: fx.GraphModule) -> Callable[..., Tensor]:
    """What a node calls, as a function of its input tensors alone.

    A module's `forward` and not the module: hooks that someone put on a shared model stay out of it.
    """
    target: Any = traced.get_submodule(str(node.target)).forward if node.op == "call_module" else node.target
    if tuple(node.args) == tuple(node.all_input_nodes) and not node.kwargs:
        return target  # type: ignore[no-any-return]
    return partial(_fill_in, target, node)


def _fill_in(target: Callable[..., Tensor], node: fx.Node, *tensors: Tensor) -> Tensor:
    """Call a function that takes more than tensors: `torch.cat([a, b], 1)`, `torch.flatten(x, 1)`."""
    given = dict(zip(node.all_input_nodes, tensors, strict=True))
    args, kwargs = fx.node.map_arg((node.args, node.kwargs), given.__getitem__)
    return target(*args, **kwargs)
