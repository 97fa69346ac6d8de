"""Shapes of all outputs, by running the graph on the meta device, where tensors have a shape and no values."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import cast

import torch
from torch import Tensor, fx, nn

from resnet_viz.blueprint.layers import KEEPS_SHAPE, Operation
from resnet_viz.blueprint.trace import PLACE
from resnet_viz.errors import NetworkError
from resnet_viz.records import Shape


def output_shapes(
    traced: fx.GraphModule, operations: Mapping[fx.Node, Operation], image: Shape, network: str
) -> dict[str, Shape]:
    """Shape of each place's output without the batch, for an image (C, H, W); the input is among them.

    Raises NetworkError `cannot_run`, which names the place, where PyTorch refuses the shape that arrives there.
    """
    values: dict[fx.Node, Tensor] = {}
    with torch.no_grad():
        for node in traced.graph.nodes:
            if node.op == "placeholder":
                values[node] = torch.empty((1, *image), device="meta")
            elif node in operations:
                try:
                    values[node] = _run(node, operations[node], values)
                except RuntimeError as error:
                    place = node.meta[PLACE]
                    shape = "x".join(map(str, image))
                    raise NetworkError("cannot_run", network=network, shape=shape, place=place) from error
    return {node.meta[PLACE]: tuple(value.shape[1:]) for node, value in values.items()}


def _run(node: fx.Node, operation: Operation, values: Mapping[fx.Node, Tensor]) -> Tensor:
    if operation.kind in KEEPS_SHAPE:
        # PyTorch works these out in Python there: a batch norm takes as long as twenty convolutions.
        return values[node.all_input_nodes[0]]
    arguments = fx.node.map_arg(node.args, values.__getitem__)
    keywords = fx.node.map_arg(node.kwargs, values.__getitem__)
    if operation.module is None:
        return cast("Callable[..., Tensor]", node.target)(*arguments, **keywords)
    return cast("Tensor", _on_meta(operation.module)(*arguments))


def _on_meta(module: nn.Module) -> nn.Module:
    """The module with weights that have no values: a copy, as others may be running the original."""
    weights = {id(p): nn.Parameter(torch.empty_like(p, device="meta"), p.requires_grad) for p in module.parameters()}
    return copy.deepcopy(module, weights)  # what stands in the memo is not copied but taken from there
