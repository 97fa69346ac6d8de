"""PyTorch that builds a part of a network and reproduces its shape: a line for each operation, to be pasted and run."""

from __future__ import annotations

import ast
import inspect
import keyword
import re
from collections.abc import Sequence
from functools import cache

from torch import nn

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
    outside = _outside(layers)
    names = _variables(layers, place) | {source: name for source, (name, _) in outside.items()}
    lines = ["import torch", "from torch import nn", ""]
    lines += [f"{name} = {_random(shape)}" for name, shape in outside.values()]
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


def _outside(layers: Sequence[LayerRecord]) -> dict[str, tuple[str, Shape]]:
    """Name and shape of each output that comes from elsewhere: `x`, then `x2` ... where there are several."""
    inside = {layer.name for layer in layers}
    shapes = {
        source: shape
        for layer in layers
        for source, shape in zip(layer.inputs, layer.input_shapes, strict=True)
        if source not in inside
    }
    return {
        source: (f"x{index}" if index > 1 else "x", shape) for index, (source, shape) in enumerate(shapes.items(), 1)
    }


def _line(layer: LayerRecord, names: dict[str, str]) -> str:
    arguments = [names[source] for source in layer.inputs]
    code = without_defaults(layer.code)
    if code.startswith("nn."):
        evaluated = f"{code}.eval()" if layer.kind in STATEFUL else code
        call = f"{evaluated}({', '.join(arguments)})"
    elif "(" in code:
        operand = arguments[0] if layer.kind != "concat" else f"[{', '.join(arguments)}]"
        call = re.sub(r"\bx\b", operand, code)
    else:
        call = f"{code}({', '.join(arguments)})"
    return f"{names[layer.name]} = {call}  # {layer.output_shape}"


@cache
def without_defaults(code: str) -> str:
    """An expression that builds a module, `nn.Conv2d(...)`, without the arguments that say what PyTorch assumes anyway."""
    call = ast.parse(code, mode="eval").body
    if not isinstance(call, ast.Call) or not code.startswith("nn."):
        return code
    known = inspect.signature(getattr(nn, code.removeprefix("nn.").split("(")[0])).parameters
    call.keywords = [k for k in call.keywords if not _says(k.value, known[str(k.arg)].default)]
    return ast.unparse(call)


def _says(written: ast.expr, default: object) -> bool:
    """Whether an argument as written is the default; `(1, 1)` says 1."""
    value = ast.literal_eval(written)
    return bool(value == default or (isinstance(value, tuple) and all(part == default for part in value)))


def _random(shape: Shape) -> str:
    return f"torch.randn{(1, *shape)}"
