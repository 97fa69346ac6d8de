"""One pass through a network that keeps its block boundaries, and any other value computed again from them.

A program is a plan made once from the traced graph: no hooks, nothing written to the model, so any number of sessions
run one program at the same time without a lock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
from torch import Tensor, fx, nn

from resnet_viz.blueprint import read_blueprint
from resnet_viz.blueprint.trace import trace
from resnet_viz.networks.catalog import spec
from resnet_viz.records import INPUT, Activations, Blueprint, NetworkError, Prediction, WeightsInfo


@dataclass(frozen=True, slots=True)
class Step:
    """One operation: what it calls, what it reads, and which values nobody reads after it."""

    place: str
    call: Callable[..., Tensor]
    """Takes the outputs at `inputs`, in order."""
    inputs: tuple[str, ...]
    last_use: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Program:
    """A network ready to run: its operations in order, and the places whose outputs a pass keeps."""

    steps: Mapping[str, Step]
    boundaries: frozenset[str]
    outputs: Mapping[str, str]
    """Stage or block -> place of the operation that gives its output."""

    @property
    def last(self) -> str:
        """Place of the logits."""
        return next(reversed(self.steps))  # type: ignore[call-overload, no-any-return]


def compile_program(model: nn.Module, network: str) -> Program:
    """The program of a module in evaluation mode, named as in the catalogue. It shares the module's parameters."""
    entry = spec(network)
    plan = read_blueprint(model, network, entry.default_size, entry.channels)
    graph = trace(model)
    modules = dict(model.named_modules())
    nodes = [node for node in graph.graph.nodes if node.op in ("call_module", "call_function")]
    kept = _boundaries(plan)
    last_reader: dict[str, str] = {}
    for node in nodes:
        last_reader.update({source.meta["place"]: node.meta["place"] for source in node.all_input_nodes})
    steps = {}
    for node in nodes:
        place = node.meta["place"]
        inputs = tuple(source.meta["place"] for source in node.all_input_nodes)
        free = tuple(name for name in inputs if last_reader[name] == place and name not in kept)
        steps[place] = Step(place, _call(node, modules), inputs, free)
    outputs = {record.name: record.output for record in (*plan.stages, *plan.blocks)}
    return Program(steps, kept, outputs)


def forward(program: Program, x: Tensor) -> Activations:
    """Run (1, C, H, W) through the network; keep the image, the boundaries and the logits. Bitwise the model's own pass."""
    values = {INPUT: x}
    with torch.inference_mode():
        for step in program.steps.values():
            values[step.place] = step.call(*(values[name] for name in step.inputs))
            for name in step.last_use:
                del values[name]
    logits = values[program.last][0].float()
    return Activations(values, logits, sum(tensor.nbytes for tensor in values.values()))


def value(program: Program, activations: Activations, place: str) -> Tensor:
    """The output at any operation, block or stage, (1, C, H, W) or (1, N), computed again from what was kept.

    Raises NetworkError `unknown_place`.
    """
    place = program.outputs.get(place, place)
    if place not in program.steps and place != INPUT:
        raise NetworkError("unknown_place", place=place, network=INPUT)
    values = dict(activations.kept)
    with torch.inference_mode():
        for step in _missing(program, values, place):
            values[step.place] = step.call(*(values[name] for name in step.inputs))
    return values[place]


def predictions(activations: Activations, info: WeightsInfo, k: int = 5) -> tuple[Prediction, ...]:
    """The k likeliest classes, best first: the softmax of the logits."""
    probabilities = activations.logits.softmax(0)
    best = probabilities.topk(min(k, len(probabilities)))
    return tuple(
        Prediction(info.labels[i], i, float(p), float(activations.logits[i]))
        for p, i in zip(best.values.tolist(), best.indices.tolist(), strict=True)
    )


def _boundaries(plan: Blueprint) -> frozenset[str]:
    """Where a pass keeps: what a block's last ReLU reads (the sum), and the outputs of stages, inceptions and the head.

    A block's output is its sum after one ReLU, which costs nothing to apply again.
    """
    sums = set()
    for block in plan.blocks:
        last = plan.layer(block.output)
        sums.add(last.inputs[0] if last.kind == "relu" else last.name)
    in_blocks = {block.output for block in plan.blocks}
    stages = {stage.output for stage in plan.stages if stage.output not in in_blocks}
    head = {layer.name for layer in plan.head if len(layer.output_shape) == 1 or layer.name == "avgpool"}
    return frozenset({INPUT, *sums, *stages, *head})


def _missing(program: Program, values: Mapping[str, Tensor], place: str) -> list[Step]:
    """Steps between what is kept and `place`, in order."""
    needed: set[str] = set()
    open_places = [place]
    while open_places:
        name = open_places.pop()
        if name not in values and name not in needed:
            needed.add(name)
            open_places.extend(program.steps[name].inputs)
    return [step for name, step in program.steps.items() if name in needed]


def _call(node: fx.Node, modules: Mapping[str, nn.Module]) -> Callable[..., Tensor]:
    target: Any = modules[str(node.target)] if node.op == "call_module" else node.target
    sources = node.all_input_nodes
    if list(node.args) == sources and not node.kwargs:
        return target  # type: ignore[no-any-return]
    return partial(_apply, target, node, {source: i for i, source in enumerate(sources)})


def _apply(target: Any, node: fx.Node, order: Mapping[fx.Node, int], *tensors: Tensor) -> Tensor:
    """Call a function whose arguments are more than tensors: `torch.cat([a, b], 1)`, `torch.flatten(x, 1)`."""

    def tensor(source: fx.Node) -> Tensor:
        return tensors[order[source]]

    result: Tensor = target(*fx.node.map_arg(node.args, tensor), **fx.node.map_arg(node.kwargs, tensor))
    return result
