"""A live module as a graph of operations, each with its place.

Places are those of torchvision's NodePathTracer: `layer1.0.relu_1` is the second run of `layer1.0.relu`, `layer1.0.add`
the addition of that block. Nothing in the graph works in place, so every value in it stays what it was.
"""

from __future__ import annotations

import operator

from torch import fx, nn
from torchvision.models.feature_extraction import NodePathTracer

from resnet_viz.records import INPUT


def trace(model: nn.Module) -> fx.GraphModule:
    """The graph of a module in evaluation mode, which shares its parameters.

    Every node but the output carries its place in `node.meta["place"]`; the image's is `input`.
    """
    tracer = NodePathTracer()
    graph = tracer.trace(model)
    for node in graph.nodes:
        if node.op == "placeholder":
            node.meta["place"] = INPUT
        elif node.op != "output":
            node.meta["place"] = tracer.node_to_qualname[node]
        if node.target is operator.iadd:
            node.target = operator.add
        if node.kwargs.get("inplace"):
            node.kwargs = {**node.kwargs, "inplace": False}
    traced = fx.GraphModule(model, graph)
    traced.graph.eliminate_dead_code()
    traced.graph.lint()
    traced.recompile()
    return traced
