"""The blueprint of a network: traced once, run once on shapes alone, and read."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import lru_cache

from torch import fx, nn

from resnet_viz.blueprint.blocks import read_blocks
from resnet_viz.blueprint.depth import depth
from resnet_viz.blueprint.layers import Operation, macs, read_operation
from resnet_viz.blueprint.modules import BlockKind, block_of
from resnet_viz.blueprint.receptive_field import behind, of_image, union
from resnet_viz.blueprint.shapes import output_shapes
from resnet_viz.blueprint.stages import read_stages, stage_numbers
from resnet_viz.blueprint.trace import BLOCKS, PLACE, trace
from resnet_viz.networks.catalog import build, check_size, spec
from resnet_viz.records import INPUT, Blueprint, LayerRecord, Shape

FLOAT32 = 4
"""Bytes of a value."""


def blueprint(name: str, size: int | None = None) -> Blueprint:
    """The blueprint of a network of the catalogue at `size` pixels a side, its own size for None. No weights are made.

    Read once and kept: it is frozen, and all who ask share it.
    Raises NetworkError `unknown_network`, or `size_not_accepted` for a size that the network does not take.
    """
    size = spec(name).default_size if size is None else size
    check_size(name, size)
    return _of_catalogue(name, size)


@lru_cache(maxsize=128)
def _of_catalogue(name: str, size: int) -> Blueprint:
    return read_blueprint(_traced(name), name, size, spec(name).channels)


@lru_cache(maxsize=32)
def _traced(name: str) -> fx.GraphModule:
    """The graph is the same at every size; making and tracing the network is two thirds of a blueprint's time."""
    return trace(build(name, device="meta"))


def read_blueprint(model: nn.Module, network: str, size: int, channels: int = 3) -> Blueprint:
    """The blueprint of any live module in evaluation mode, for inputs (channels, size, size).

    `model` may be a whole network, a single block (its place is `block` then), or what `trace` made of either; on any
    device, it is not run and not changed. `network` is the name that the blueprint bears.
    Raises NetworkError `unknown_layer` for an operation that cannot be counted, `cannot_run` for an input that does not
    fit; ValueError for a module in training mode.
    """
    traced = model if isinstance(model, fx.GraphModule) and BLOCKS in model.meta else trace(model)
    nodes = [node for node in traced.graph.nodes if node.op not in ("placeholder", "output")]
    operations = {node: read_operation(node, traced) for node in nodes}
    shapes = output_shapes(traced, operations, (channels, size, size), network)
    kinds: Mapping[str, BlockKind] = traced.meta[BLOCKS]
    layers = tuple(_layers(operations, shapes, kinds))
    return Blueprint(
        network=network,
        size=size,
        input_shape=shapes[INPUT],
        layers=layers,
        blocks=read_blocks(layers, kinds),
        stages=read_stages(layers),
        depth=depth(layers),
    )


def _layers(
    operations: Mapping[fx.Node, Operation], shapes: Mapping[str, Shape], kinds: Mapping[str, BlockKind]
) -> Iterator[LayerRecord]:
    numbers = stage_numbers({node.meta[PLACE]: operation for node, operation in operations.items()}, kinds)
    fields = {INPUT: of_image(shapes[INPUT][-1])}
    for node, operation in operations.items():
        place, inputs = node.meta[PLACE], tuple(source.meta[PLACE] for source in node.all_input_nodes)
        field = behind(operation, union(fields[name] for name in inputs), shapes[inputs[0]], shapes[place])
        fields[place] = field
        yield LayerRecord(
            name=place,
            kind=operation.kind,
            module=str(node.target) if operation.module is not None else None,
            stage=numbers[place],
            block=block_of(place, kinds),
            inputs=inputs,
            input_shapes=tuple(shapes[name] for name in inputs),
            output_shape=shapes[place],
            param_shapes=tuple((name, tuple(tensor.shape)) for name, tensor in operation.tensors),
            params=sum(tensor.numel() for _, tensor in operation.tensors),
            macs=macs(operation, shapes[place]),
            activation_bytes=FLOAT32 * math.prod(shapes[place]),
            receptive_field=field.size,
            step=field.step,
            options=operation.options,
            code=operation.code,
        )
