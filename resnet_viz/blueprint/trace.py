"""A live module as a graph of its operations, additions included, in which each node knows its place."""

from __future__ import annotations

import copy
import operator
import re
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import torch
from torch import fx, nn
from torch.nn import functional
from torchvision.models.feature_extraction import NodePathTracer

from resnet_viz.blueprint.modules import block_kinds, is_block
from resnet_viz.records import INPUT

PLACE = "place"
"""Key of a node's place in `node.meta`."""

BLOCKS = "blocks"
"""Key of the blocks in the `meta` of a traced module: place -> kind."""

ONE_BLOCK = "block"
"""Place of a block that is traced by itself."""

FUNCTIONS: Mapping[object, Callable[..., Any]] = MappingProxyType(
    {
        operator.add: torch.add,
        operator.iadd: torch.add,
        "add": torch.add,
        "add_": torch.add,
        functional.relu: torch.relu,
        torch.relu_: torch.relu,
        "relu": torch.relu,
        "relu_": torch.relu,
        torch.concat: torch.cat,
        "flatten": torch.flatten,
    }
)
"""Functions and names of methods -> the function that does the same and overwrites nothing."""

_LOCK = threading.Lock()
"""A trace replaces methods of `nn.Module` for a moment; two at once would put them back in the wrong order."""


def trace(model: nn.Module) -> fx.GraphModule:
    """The operations of `model` in the order in which they run; every node but the output has `node.meta["place"]`.

    Places are the names of torchvision's NodePathTracer, `layer1.0.relu_1`, `layer1.0.add`, and `input`. Nothing in the
    graph works in place, so every value in it stays what it was. Weights are shared with the model, which stays as it
    is and may be run by other threads meanwhile. A model that is itself a block gets the place `block`.
    Raises ValueError for a model in training mode, or one that returns anything but one tensor.
    """
    if any(module.training for module in model.modules()):
        raise ValueError("a module in training mode: call eval() before it is traced")
    if is_block(model):
        model = _network_of(model)
    with _LOCK:
        tracer = _Tracer()
        graph = tracer.trace(model)
    for node in graph.nodes:
        if node.op == "placeholder":
            node.meta[PLACE] = INPUT
        elif node.op != "output":
            node.meta[PLACE] = tracer.node_to_qualname[node]
            _make_functional(node)
    if not isinstance(graph.output_node().args[0], fx.Node):
        raise ValueError("a module with several outputs: one tensor is expected")
    traced = fx.GraphModule(model, graph)
    if traced.graph.eliminate_dead_code():
        traced.recompile()
    _replace_in_place_modules(traced)
    traced.meta[BLOCKS] = block_kinds(model)
    return traced


def _network_of(block: nn.Module) -> nn.Module:
    network = nn.Sequential()
    network.add_module(ONE_BLOCK, block)
    return network.eval()


def _make_functional(node: fx.Node) -> None:
    """Call the function of `FUNCTIONS` for any that it stands for, and never in place."""
    if node.op in ("call_function", "call_method") and node.target in FUNCTIONS:
        node.op, node.target = "call_function", FUNCTIONS[node.target]
        node.kwargs = {name: value for name, value in node.kwargs.items() if name != "inplace"}
        if node.target is torch.relu:
            node.args = node.args[:1]  # functional.relu takes `inplace` as its second argument


def _replace_in_place_modules(traced: fx.GraphModule) -> None:
    """Put copies in the place of modules that would overwrite their input; the model keeps its own."""
    targets = dict.fromkeys(str(node.target) for node in traced.graph.nodes if node.op == "call_module")
    for target in targets:
        module = traced.get_submodule(target)
        if getattr(module, "inplace", False):
            replacement = copy.copy(module)
            replacement.inplace = False  # type: ignore[assignment]
            traced.set_submodule(target, replacement)


class _Tracer(NodePathTracer):  # type: ignore[misc]
    """torchvision's tracer, with its names, for a process whose other threads run networks meanwhile."""

    def __init__(self) -> None:
        super().__init__(autowrap_modules=())  # it would replace functions of the math module for everyone
        self._thread = threading.get_ident()
        self._seen: Counter[str] = Counter()

    def call_module(self, m: nn.Module, forward: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        """Record a module's call; a call by another thread goes through untouched."""
        if threading.get_ident() != self._thread:
            return forward(*args, **kwargs)
        return super().call_module(m, forward, args, kwargs)

    def getattr(self, attr: str, attr_val: Any, parameter_proxy_cache: dict[str, Any]) -> Any:
        """A module's attribute, as a proxy where it is a parameter; what another thread reads is what it is."""
        if threading.get_ident() != self._thread:
            return attr_val
        return super().getattr(attr, attr_val, parameter_proxy_cache)

    def _get_node_qualname(self, module_qualname: str, node: fx.Node) -> str:
        # The same names as torchvision's, counted instead of searched for among all earlier ones.
        parts = [module_qualname] if module_qualname else []
        name = ".".join(parts if node.op == "call_module" else [*parts, str(node)])
        name = re.sub(r"(?<=.)_[0-9]+$", "", name)
        earlier = self._seen[name]
        self._seen[name] += 1
        return f"{name}_{earlier}" if earlier else name
