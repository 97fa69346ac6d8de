"""A block's program, run line by line: after each line what it left, read off the real run.

The shown text itself is parsed and executed. Behind each statement whose value is worth a look stands a probe; it hands
the value over and changes nothing, so that the program computes what it computes without probes.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor, nn

from resnet_viz.analysis.block_code import SOURCE_NAME
from resnet_viz.analysis.heatmaps import reduce
from resnet_viz.networks.seeding import seeded
from resnet_viz.records import Heatmap, Shape

Part = Literal["init", "input", "forward"]

PROBE = "__probe__"
RESULT = "__result__"
RUN_BUDGET = 10**9
"""Multiply-adds that a shown run may take, all images of its batch together: well under a second on one core."""
VALUE_BUDGET = 2 * 10**7
"""Values that its widest tensor may hold, all images together: 80 MB in float32."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A statement of the program whose value is worth a look."""

    part: Part
    """init: builds a layer; input: makes x; forward: computes a tensor."""
    first: int
    """Its line in the program, from 1."""
    last: int
    """Its last line, where it goes over several."""
    operation: str
    """The layer at work (conv1, bn1, relu, downsample), or add, identity, x; `return` for the last ReLU."""
    target: str
    """What gets the value: `out`, `self.conv1`, `return`."""


@dataclass(frozen=True, slots=True)
class Values:
    """What a whole tensor holds."""

    low: float
    high: float
    mean: float
    std: float
    """Standard deviation over all values; they are no sample, so the divisor is their number."""
    zeros: float
    """Share of values that are exactly 0."""


@dataclass(frozen=True, slots=True)
class Step:
    """A statement that has run, and what it left."""

    spot: Spot
    shape: Shape | None
    """With the batch; of a built layer, its first weight's; None for a layer without parameters."""
    params: int
    """Parameters of a built layer; 0 for tensors."""
    values: Values | None
    """Of the tensor, or of a built layer's first weight; None for a layer without parameters."""
    channel: int = 0
    """The channel of `heatmap`."""
    heatmap: Heatmap | None = None
    """That channel of the first image; None for built layers."""


def run_side(macs: int, widest: int, w: int, batch: int) -> int:
    """The largest W, at most `w`, at which a run of `batch` images stays within `RUN_BUDGET` and `VALUE_BUDGET`.

    `macs`, and the values of the `widest` tensor, are those of one image at `w`; both grow with W squared.
    """
    excess = max(macs * batch / RUN_BUDGET, widest * batch / VALUE_BUDGET)
    return w if excess <= 1 else max(1, int(w / excess**0.5))


def run(program: str, channel: int = 0) -> tuple[Step, ...]:
    """Execute a program of `block_code.script` and return its steps in the order in which they ran.

    `channel` is the channel to keep of each tensor; where there are fewer, the last one.
    """
    tree, spots = _with_probes(program)
    steps: list[Step] = []

    def probe(index: int, value: Tensor | nn.Module) -> None:
        steps.append(_step(spots[index], value, channel))

    code = compile(tree, SOURCE_NAME, "exec")
    with seeded(0):  # the program seeds the generator of the whole process, too
        exec(code, {"__name__": SOURCE_NAME, PROBE: probe})
    return tuple(steps)


def _with_probes(program: str) -> tuple[ast.Module, list[Spot]]:
    """The program with a probe behind each statement worth a look, and those statements by the probe's number."""
    tree = ast.parse(program)
    spots: list[Spot] = []
    tree.body = _probed(tree.body, _made, spots)
    block = next(node for node in tree.body if isinstance(node, ast.ClassDef))
    for method in block.body:
        if isinstance(method, ast.FunctionDef):
            method.body = _probed(method.body, _built if method.name == "__init__" else _computed, spots)
    return ast.fix_missing_locations(tree), spots


def _probed(body: list[ast.stmt], spot_of: Callable[[ast.stmt], Spot | None], spots: list[Spot]) -> list[ast.stmt]:
    """Statements with a probe behind each that is a spot, which is added to `spots`; a return is taken apart for it."""
    found: list[ast.stmt] = []
    for node in body:
        spot = spot_of(node)
        if spot is None:
            found.append(node)
            continue
        value = ast.Name(RESULT, ast.Load()) if isinstance(node, ast.Return) else _expression(spot.target)
        probe = ast.Expr(ast.Call(ast.Name(PROBE, ast.Load()), [ast.Constant(len(spots)), value], []))
        if isinstance(node, ast.Return) and node.value is not None:
            found += [ast.Assign([ast.Name(RESULT, ast.Store())], node.value), probe, ast.Return(value)]
        else:
            found += [node, probe]
        spots.append(spot)
    return found


def _expression(source: str) -> ast.expr:
    return ast.parse(source, mode="eval").body


def _spot(node: ast.stmt, part: Part, operation: str, target: str) -> Spot:
    return Spot(part, node.lineno, node.end_lineno or node.lineno, operation, target)


def _target(node: ast.stmt) -> str | None:
    return ast.unparse(node.targets[0]) if isinstance(node, ast.Assign) else None


def _made(node: ast.stmt) -> Spot | None:
    """Of the program's own statements: what makes x."""
    return _spot(node, "input", "x", "x") if _target(node) == "x" else None


def _built(node: ast.stmt) -> Spot | None:
    """Of `__init__`: what builds a layer."""
    target = _target(node)
    return _spot(node, "init", target.removeprefix("self."), target) if target else None


def _computed(node: ast.stmt) -> Spot | None:
    """Of `forward`: what computes a tensor."""
    if isinstance(node, ast.Return):
        return _spot(node, "forward", "return", "return")
    target = _target(node)
    if not isinstance(node, ast.Assign) or target is None:
        return None
    if isinstance(node.value, ast.Call):
        return _spot(node, "forward", ast.unparse(node.value.func).removeprefix("self."), target)
    return _spot(node, "forward", "add" if isinstance(node.value, ast.BinOp) else "identity", target)


def _step(spot: Spot, value: Tensor | nn.Module, channel: int) -> Step:
    if isinstance(value, nn.Module):
        weights = [weight.detach() for weight in value.parameters()]
        params = sum(weight.numel() for weight in weights)
        return (
            Step(spot, tuple(weights[0].shape), params, _values(weights[0])) if weights else Step(spot, None, 0, None)
        )
    kept = min(channel, value.shape[1] - 1)
    return Step(spot, tuple(value.shape), 0, _values(value), kept, reduce(value[:1], spot.target, "channel", kept))


def _values(tensor: Tensor) -> Values:
    low, high = torch.aminmax(tensor)
    std, mean = torch.std_mean(tensor, correction=0)
    zeros = (tensor == 0).sum().item() / tensor.numel()
    return Values(low.item(), high.item(), mean.item(), std.item(), zeros)
