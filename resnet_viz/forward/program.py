"""A network as a program: its operations in order, what a pass keeps of them, and what may be overwritten when.

A program is made once from the traced graph. It calls the functions below the modules, so no hook runs and nothing is
written to the model: any number of threads run one program at the same time, without a lock.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

import torch
from torch import Tensor, fx, nn

from resnet_viz.blueprint import read_blueprint
from resnet_viz.blueprint.trace import PLACE, trace
from resnet_viz.networks.catalog import spec
from resnet_viz.records import INPUT, NETWORK, Blueprint

_FRESH = (nn.Conv2d, nn.BatchNorm2d, nn.Linear, torch.add)
"""What returns new memory and never a view of its input."""


@dataclass(frozen=True, slots=True)
class Step:
    """One operation of a program."""

    place: str
    call: Callable[..., Tensor]
    """Takes the outputs of `inputs`, in their order; writes to none of them."""
    inputs: tuple[str, ...]
    in_place: Callable[..., Tensor] | None
    """The same, written over the first input: for when nobody will read that any more. None where there is no such."""
    module: nn.Module | None = None
    """What holds its parameters, to be read and never written; None for a function."""


@dataclass(frozen=True, slots=True)
class Move:
    """One step of a plan, which knows what is read after it."""

    place: str
    call: Callable[..., Tensor]
    inputs: tuple[str, ...]
    done: tuple[str, ...]
    """Places whose outputs nothing reads after this."""


Plan = tuple[Move, ...]


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
    traced = trace(model)
    blueprint = _read(traced, network) if isinstance(network, str) else network
    steps: dict[str, Step] = {}
    for node in traced.graph.nodes:
        if node.op in ("call_module", "call_function"):
            inputs = tuple(source.meta[PLACE] for source in node.all_input_nodes)
            place: str = node.meta[PLACE]
            same_shape = blueprint.layer(place).input_shapes[0] == blueprint.layer(place).output_shape
            over = _in_place(node, traced) if same_shape else None
            module = traced.get_submodule(str(node.target)) if node.op == "call_module" else None
            steps[place] = Step(place, _call(node, traced), inputs, over, module)
    outputs = {record.name: record.output for record in blueprint.stages}
    outputs |= {record.name: record.output for record in blueprint.blocks}
    outputs |= {NETWORK: blueprint.layers[-1].name}
    kept = _boundaries(blueprint)
    plan = make_plan(steps.values(), kept)
    return Program(blueprint.network, MappingProxyType(steps), plan, kept, MappingProxyType(outputs))


def make_plan(steps: Iterable[Step], kept: Iterable[str]) -> Plan:
    """A plan of these steps, in this order, that lets go of every output after its last reader, but for those kept."""
    steps, kept = tuple(steps), frozenset(kept)
    reader = {name: step.place for step in steps for name in step.inputs}  # the last one wins
    moves = []
    for step in steps:
        done = tuple(name for name in step.inputs if reader[name] == step.place and name not in kept)
        # A pass that overwrites nothing pays for fresh memory: a tenth of its time at 1024 pixels.
        call = step.in_place if step.in_place is not None and step.inputs[0] in done else step.call
        moves.append(Move(step.place, call, step.inputs, done))
    return tuple(moves)


def execute(plan: Plan, values: MutableMapping[str, Tensor]) -> None:
    """Fill in what a plan computes from `values`, and let go of what nothing reads any more."""
    for move in plan:
        values[move.place] = move.call(*[values[name] for name in move.inputs])
        for name in move.done:
            del values[name]


def steps_towards(program: Program, known: Container[str], places: Iterable[str]) -> tuple[Step, ...]:
    """The steps, in order, that are left to run for the outputs of `places` where those of `known` are there."""
    needed: set[str] = set()
    ahead = list(places)
    while ahead:
        name = ahead.pop()
        if name not in known and name in program.steps and name not in needed:
            needed.add(name)
            ahead.extend(program.steps[name].inputs)
    return tuple(step for name, step in program.steps.items() if name in needed)


def _read(traced: fx.GraphModule, network: str) -> Blueprint:
    entry = spec(network)
    return read_blueprint(traced, network, entry.default_size, entry.channels)


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


def _call(node: fx.Node, traced: fx.GraphModule) -> Callable[..., Tensor]:
    """What a node calls, as a function of its input tensors alone.

    A module's `forward` and not the module: hooks that someone put on a shared model stay out of it.
    """
    target: Any = traced.get_submodule(str(node.target)).forward if node.op == "call_module" else node.target
    if tuple(node.args) == tuple(node.all_input_nodes) and not node.kwargs:
        return target  # type: ignore[no-any-return]
    return partial(_fill_in, target, node)


def _in_place(node: fx.Node, traced: fx.GraphModule) -> Callable[..., Tensor] | None:
    """`relu` or `+` over its first input, where that is memory of its own and this is its only reader.

    Dropout and flatten hand on the memory that they were given, so what they return is never overwritten.
    """
    source = node.all_input_nodes[0]
    if len(source.users) > 1 or _function(source, traced) not in _FRESH:
        return None
    if _function(node, traced) in (nn.ReLU, torch.relu):
        return torch.relu_
    if node.target is torch.add and tuple(node.args) == tuple(node.all_input_nodes) and not node.kwargs:
        return Tensor.add_
    return None


def _function(node: fx.Node, traced: fx.GraphModule) -> object:
    """The type of the module that runs at a node, or its function."""
    return type(traced.get_submodule(str(node.target))) if node.op == "call_module" else node.target


def _fill_in(target: Callable[..., Tensor], node: fx.Node, *tensors: Tensor) -> Tensor:
    """Call a function that takes more than tensors: `torch.cat([a, b], 1)`, `torch.flatten(x, 1)`."""
    given = dict(zip(node.all_input_nodes, tensors, strict=True))
    args, kwargs = fx.node.map_arg((node.args, node.kwargs), given.__getitem__)
    return target(*args, **kwargs)
