"""PyTorch that builds a part of a network and reproduces its shape: a line for each operation, to be pasted and run."""

from __future__ import annotations

import keyword
import re
from collections.abc import Sequence

from resnet_viz.records import INPUT, NETWORK, BlockRecord, Blueprint, LayerRecord, Shape, StageRecord

STATEFUL = ("batchnorm", "dropout")
"""Kinds that behave differently in training: a snippet runs them as prediction does."""


def snippet(plan: Blueprint, place: str) -> str:
    """Code that runs by itself and prints the output shape of a place; for the whole network, the builder of its module."""
    if place == NETWORK:
        return _network(plan)
    if place == INPUT:
        shape = plan.input_shape
        return f"import torch\n\nx = {_random(shape)}\nprint(tuple(x.shape))  # {(1, *shape)}"
    record = plan.by_place[place]
    layers = [plan.layer(name) for name in _operations(record)]
    names = _variables(layers, place)
    lines = ["import torch", "from torch import nn", ""]
    lines += [f"{name} = {_random(shape)}" for name, shape in _inputs(plan, layers, names)]
    lines += [_line(layer, names) for layer in layers]
    output = names[record.name if isinstance(record, LayerRecord) else record.output]
    shape = record.output_shape
    return "\n".join([*lines, f"print(tuple({output}.shape))  # {(1, *shape)}"])


def _network(plan: Blueprint) -> str:
    return "\n".join(
        [
            "import torch",
            "from resnet_viz.networks.catalog import build",
            "",
            f'net = build("{plan.network}")',
            f"x = {_random(plan.input_shape)}",
            f"print(tuple(net(x).shape))  # {(1, *plan.layers[-1].output_shape)}",
        ]
    )


def _operations(record: LayerRecord | BlockRecord | StageRecord) -> tuple[str, ...]:
    return (record.name,) if isinstance(record, LayerRecord) else record.layers


def _variables(layers: Sequence[LayerRecord], place: str) -> dict[str, str]:
    """A Python name for each output, without what the operations of the place have in common."""
    if len(layers) == 1:
        return {layers[0].name: "y"}
    prefix = place + "."
    found = {}
    for layer in layers:
        name = re.sub(r"\W", "_", layer.name.removeprefix(prefix))
        found[layer.name] = f"_{name}" if not name.isidentifier() or keyword.iskeyword(name) else name
    return found


def _inputs(
    plan: Blueprint, layers: Sequence[LayerRecord], names: dict[str, str]
) -> list[tuple[str, Shape]]:
    """Names and shapes of what comes from outside, named in `names` too: `x`, or `x`, `x2` ... where there are several."""
    outside: dict[str, Shape] = {}
    for layer in layers:
        for source, shape in zip(layer.inputs, layer.input_shapes, strict=True):
            if source not in names:
                outside.setdefault(source, shape)
    found = []
    for index, (source, shape) in enumerate(outside.items(), 1):
        names[source] = "x" if index == 1 else f"x{index}"
        found.append((names[source], shape))
    return found


def _line(layer: LayerRecord, names: dict[str, str]) -> str:
    arguments = [names[source] for source in layer.inputs]
    code = layer.code
    if code.startswith("nn."):
        evaluated = f"{code}.eval()" if layer.kind in STATEFUL else code
        call = f"{evaluated}({', '.join(arguments)})"
    elif "(" in code:
        operand = arguments[0] if layer.kind != "concat" else f"[{', '.join(arguments)}]"
        call = re.sub(r"\bx\b", operand, code)
    else:
        call = f"{code}({', '.join(arguments)})"
    return f"{names[layer.name]} = {call}  # {layer.output_shape}"


def _random(shape: Shape) -> str:
    return f"torch.randn{(1, *shape)}"
