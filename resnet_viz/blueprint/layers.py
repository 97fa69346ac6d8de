"""A record for each operation of a traced network: one small function a kind for what it costs."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import fx, nn

from resnet_viz.records import NetworkError, Shape

_CONV_OPTIONS = ("in_channels", "out_channels", "kernel_size", "stride", "padding", "dilation", "groups")
_MAXPOOL_OPTIONS = ("kernel_size", "stride", "padding", "dilation", "ceil_mode")
_AVGPOOL_OPTIONS = ("kernel_size", "stride", "padding", "ceil_mode")

MODULE_KINDS: Mapping[type[nn.Module], tuple[str, tuple[str, ...]]] = {
    nn.Conv2d: ("conv", _CONV_OPTIONS),
    nn.BatchNorm2d: ("batchnorm", ("num_features", "eps", "momentum")),
    nn.ReLU: ("relu", ()),
    nn.Tanh: ("tanh", ()),
    nn.Sigmoid: ("sigmoid", ()),
    nn.Identity: ("identity", ()),
    nn.MaxPool2d: ("maxpool", _MAXPOOL_OPTIONS),
    nn.AvgPool2d: ("avgpool", _AVGPOOL_OPTIONS),
    nn.AdaptiveAvgPool2d: ("avgpool", ("output_size",)),
    nn.Linear: ("linear", ("in_features", "out_features")),
    nn.Dropout: ("dropout", ("p",)),
    nn.Flatten: ("flatten", ()),
}
"""Kind of a module, and the attributes that build it."""

FUNCTION_KINDS: Mapping[Any, tuple[str, str]] = {
    operator.add: ("add", "torch.add"),
    torch.add: ("add", "torch.add"),
    torch.cat: ("concat", "torch.cat"),
    torch.flatten: ("flatten", "torch.flatten"),
    torch.nn.functional.relu: ("relu", "nn.functional.relu"),
}
"""Kind of a function, and the name by which PyTorch calls it."""


def kind_and_options(node: fx.Node, module: nn.Module | None) -> tuple[str, dict[str, object], str]:
    """(kind, options, PyTorch expression) of an operation. Raises NetworkError `unknown_layer` for any other kind."""
    if module is not None:
        if type(module) not in MODULE_KINDS:
            raise NetworkError("unknown_layer", place=node.meta["place"], kind=type(module).__name__)
        kind, names = MODULE_KINDS[type(module)]
        options: dict[str, object] = {name: getattr(module, name) for name in names}
        if hasattr(module, "bias"):
            options["bias"] = module.bias is not None
        shown = {k: v for k, v in options.items() if not (kind == "batchnorm" and k == "bias")}
        arguments = ", ".join(f"{k}={v!r}" for k, v in shown.items())
        return kind, options, f"nn.{type(module).__name__}({arguments})"
    if node.target not in FUNCTION_KINDS:
        raise NetworkError("unknown_layer", place=node.meta["place"], kind=getattr(node.target, "__name__", "?"))
    kind, name = FUNCTION_KINDS[node.target]
    extra = [a for a in node.args if not isinstance(a, fx.Node | tuple | list)]
    options = {"start_dim": extra[0]} if kind == "flatten" and extra else {}
    if kind == "concat":
        options = {"dim": extra[0] if extra else node.kwargs.get("dim", 0)}
    return kind, options, name


def _conv_macs(module: nn.Conv2d, output: Shape) -> int:
    kernel = math.prod(module.kernel_size)
    return math.prod(output) * kernel * module.in_channels // module.groups


def _linear_macs(module: nn.Linear, output: Shape) -> int:
    return math.prod(output) * module.in_features


_MACS: Mapping[type[nn.Module], Callable[[Any, Shape], int]] = {nn.Conv2d: _conv_macs, nn.Linear: _linear_macs}


def macs(module: nn.Module | None, output: Shape) -> int:
    """Multiply-adds for one image: outputs times weights that each one reads; 0 for all but conv and linear."""
    count = _MACS.get(type(module)) if module is not None else None
    return count(module, output) if count else 0
