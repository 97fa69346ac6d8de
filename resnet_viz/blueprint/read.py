"""The blueprint of a network: its traced graph, run once on shapes alone."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

import torch
from torch import Tensor, fx, nn

from resnet_viz.blueprint.blocks import block_modules, block_of, read_block, read_stages, stages_of
from resnet_viz.blueprint.depth import depth
from resnet_viz.blueprint.layers import kind_and_options, macs
from resnet_viz.blueprint.receptive_field import Field, flattened, merge, through
from resnet_viz.blueprint.trace import trace
from resnet_viz.networks.catalog import build, check_size, spec
from resnet_viz.records import INPUT, Blueprint, LayerRecord, NetworkError, Shape


def blueprint(name: str, size: int | None = None) -> Blueprint:
    """The blueprint of a network of the catalogue at `size` pixels a side, without weights or pixels.

    Raises NetworkError `unknown_network`, or `size_not_accepted` for a size that the network does not take.
    """
    entry = spec(name)
    size = entry.default_size if size is None else size
    check_size(name, size)
    return read_blueprint(build(name, device="meta"), name, size, entry.channels)


def read_blueprint(model: nn.Module, network: str, size: int, channels: int = 3) -> Blueprint:
    """The blueprint of any live module in evaluation mode that reads (channels, size, size).

    Raises NetworkError `unknown_layer` for an operation that this project cannot count.
    """
    graph = trace(model)
    modules = dict(model.named_modules())
    blocks = block_modules(model)
    nodes = [node for node in graph.graph.nodes if node.op in ("call_module", "call_function")]
    shapes = _shapes(graph, modules, (channels, size, size))
    facts = {node: kind_and_options(node, _module(node, modules)) for node in nodes}
    stages = stages_of({node.meta["place"]: facts[node][0] for node in nodes}, blocks)
    fields = {INPUT: Field(1, 1)}
    layers = []
    for node in nodes:
        place, module, (kind, options, code) = node.meta["place"], _module(node, modules), facts[node]
        inputs = tuple(source.meta["place"] for source in node.all_input_nodes)
        field = merge(fields[source] for source in inputs)
        reads = shapes[inputs[0]]
        fields[place] = flattened(field, reads) if kind == "flatten" else through(module, field, reads)
        own = tuple((n, tuple(p.shape)) for n, p in module.named_parameters()) if module is not None else ()
        layers.append(
            LayerRecord(
                name=place,
                kind=kind,
                module=str(node.target) if module is not None else None,
                stage=stages[place],
                block=block_of(place, blocks),
                inputs=inputs,
                input_shapes=tuple(shapes[source] for source in inputs),
                output_shape=shapes[place],
                param_shapes=own,
                params=sum(p.numel() for p in module.parameters()) if module is not None else 0,
                macs=macs(module, shapes[place]),
                activation_bytes=4 * torch.Size(shapes[place]).numel(),
                receptive_field=fields[place].size,
                step=fields[place].step,
                options=options,
                code=code,
            )
        )
    found = [(name, list(group)) for name, group in groupby(layers, key=lambda layer: layer.block) if name is not None]
    indexes = _indexes(found)
    return Blueprint(
        network=network,
        size=size,
        input_shape=(channels, size, size),
        layers=tuple(layers),
        blocks=tuple(read_block(name, blocks[name], indexes[name], group) for name, group in found),
        stages=read_stages(layers),
        depth=depth(layers),
    )


def _indexes(found: list[tuple[str, list[LayerRecord]]]) -> dict[str, int]:
    """Number of each block in its stage, from 0."""
    counts: dict[int | None, int] = {}
    indexes = {}
    for name, group in found:
        stage = group[0].stage
        indexes[name] = counts.get(stage, 0)
        counts[stage] = indexes[name] + 1
    return indexes


def _module(node: fx.Node, modules: Mapping[str, nn.Module]) -> nn.Module | None:
    return modules[str(node.target)] if node.op == "call_module" else None


def _shapes(graph: fx.GraphModule, modules: Mapping[str, nn.Module], image: Shape) -> dict[str, Shape]:
    """Shape of every place's output, by running the graph on the meta device, where nothing is computed."""
    shapes: dict[str, Shape] = {}
    values: dict[fx.Node, Tensor] = {}

    def value(source: fx.Node) -> Tensor:
        return values[source]

    with torch.no_grad():
        for node in graph.graph.nodes:
            if node.op == "placeholder":
                values[node] = torch.empty((1, *image), device="meta")
            elif node.op in ("call_module", "call_function"):
                arguments = fx.node.map_arg(node.args, value)
                keywords = fx.node.map_arg(node.kwargs, value)
                module = _module(node, modules)
                if module is None:
                    values[node] = node.target(*arguments, **keywords)
                else:
                    on_meta = {n: torch.empty_like(t, device="meta") for n, t in _tensors(module)}
                    values[node] = torch.func.functional_call(module, on_meta, arguments, keywords)
            else:
                if node.op != "output":
                    raise NetworkError("unknown_layer", place=node.meta["place"], kind=node.op)
                continue
            shapes[node.meta["place"]] = tuple(values[node].shape[1:])
    return shapes


def _tensors(module: nn.Module) -> list[tuple[str, Tensor]]:
    return [*module.named_parameters(), *module.named_buffers()]
