"""What one operation is and costs: a small function for each kind. An unknown one is named, never counted as zero."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import torch
from torch import Tensor, fx, nn

from resnet_viz.blueprint.trace import PLACE
from resnet_viz.errors import NetworkError
from resnet_viz.records import Shape

KINDS: Mapping[type[nn.Module], str] = MappingProxyType(
    {
        nn.Conv2d: "conv",
        nn.BatchNorm2d: "batchnorm",
        nn.ReLU: "relu",
        nn.Tanh: "tanh",
        nn.Sigmoid: "sigmoid",
        nn.Identity: "identity",
        nn.MaxPool2d: "maxpool",
        nn.AvgPool2d: "avgpool",
        nn.AdaptiveAvgPool2d: "avgpool",
        nn.Linear: "linear",
        nn.Dropout: "dropout",
        nn.Flatten: "flatten",
    }
)
"""Kind of a leaf module. Classes that derive from these are not taken for them: they may compute anything."""

FUNCTION_KINDS: Mapping[object, tuple[str, str]] = MappingProxyType(
    {
        torch.add: ("add", "torch.add"),
        torch.relu: ("relu", "torch.relu"),
        torch.cat: ("concat", "torch.cat"),
        torch.flatten: ("flatten", "torch.flatten"),
    }
)
"""Kind of a function, and its name. `trace` leaves no others that do the same."""

KEEPS_SHAPE = frozenset({"batchnorm", "relu", "tanh", "sigmoid", "identity", "dropout"})
"""Kinds whose output has the shape of their input by definition."""

_OPTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "conv": ("in_channels", "out_channels", "kernel_size", "stride", "padding", "dilation", "groups"),
        "batchnorm": ("num_features", "eps", "momentum"),
        "maxpool": ("kernel_size", "stride", "padding", "dilation", "ceil_mode"),
        "avgpool": ("kernel_size", "stride", "padding", "ceil_mode", "output_size"),
        "linear": ("in_features", "out_features"),
        "dropout": ("p",),
        "flatten": ("start_dim", "end_dim"),
    }
)
"""Attributes of a module that say how it was built; of pools, those that they have."""


@dataclass(frozen=True, slots=True)
class Operation:
    """What a node of a traced network does, whatever the input size."""

    kind: str
    code: str
    module: nn.Module | None = None
    options: Mapping[str, object] = field(default_factory=dict)

    @property
    def tensors(self) -> tuple[tuple[str, Tensor], ...]:
        """Names and values of its own parameters."""
        return tuple(self.module.named_parameters()) if self.module is not None else ()


def read_operation(node: fx.Node, traced: fx.GraphModule) -> Operation:
    """What a node does. Raises NetworkError `unknown_layer` for anything that this project cannot count."""
    if node.op == "call_module":
        module = traced.get_submodule(str(node.target))
        kind = KINDS.get(type(module))
        if kind is None:
            raise NetworkError("unknown_layer", place=node.meta[PLACE], kind=type(module).__name__)
        return Operation(kind, f"nn.{module!r}", module, _module_options(kind, module))
    known = FUNCTION_KINDS.get(node.target) if node.op == "call_function" else None
    if known is None:
        name = getattr(node.target, "__name__", str(node.target))
        raise NetworkError("unknown_layer", place=node.meta[PLACE], kind=name)
    kind, name = known
    options = _function_options(kind, node)
    return Operation(kind, _call(kind, name, options), None, options)


def macs(operation: Operation, output: Shape) -> int:
    """Multiply-adds for one image with an output of this shape; 0 for all but convolutions and linear layers."""
    count = _MACS.get(operation.kind)
    return count(operation.module, output) if count else 0


def _conv_macs(module: nn.Conv2d, output: Shape) -> int:
    """Each output cell reads a window of kernel x kernel cells in each channel of its group."""
    return math.prod(output) * math.prod(module.kernel_size) * (module.in_channels // module.groups)


def _linear_macs(module: nn.Linear, output: Shape) -> int:
    """Each output reads every input."""
    return math.prod(output) * module.in_features


_MACS: Mapping[str, Callable[[Any, Shape], int]] = MappingProxyType({"conv": _conv_macs, "linear": _linear_macs})


def _module_options(kind: str, module: nn.Module) -> dict[str, object]:
    options = {name: getattr(module, name) for name in _OPTIONS.get(kind, ()) if hasattr(module, name)}
    if kind in ("conv", "linear"):
        options["bias"] = module.bias is not None
    return options


def _function_options(kind: str, node: fx.Node) -> dict[str, object]:
    """A function's arguments that are no tensors, by name. Raises NetworkError `unknown_layer` for unusual ones."""
    names = {"flatten": ("start_dim", "end_dim"), "concat": ("dim",)}.get(kind, ())
    tensors = 2 if kind == "add" else 1
    plain = node.args[tensors:]
    options: dict[str, object] = {**dict(zip(names, plain, strict=False)), **node.kwargs}
    # `x + 1` or `torch.add(x, y, alpha=2)` would be another operation than the one that figures draw.
    numbers = [argument for argument in node.args[:tensors] if isinstance(argument, int | float)]
    if numbers or len(plain) > len(names) or set(options) - set(names):
        raise NetworkError("unknown_layer", place=node.meta[PLACE], kind=f"{kind}{node.args}")
    return options


def _call(kind: str, name: str, options: Mapping[str, object]) -> str:
    """`torch.add` for what takes tensors alone, else a call of `x`, for `torch.cat` the list of them."""
    if kind not in ("flatten", "concat"):
        return name
    return f"{name}({', '.join(['x', *(f'{key}={value!r}' for key, value in options.items())])})"
