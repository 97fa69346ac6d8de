"""Signal and gradient in an untrained fully connected network of any depth, with shortcuts or without.

h_l = f(W_l h_(l-1)), with a shortcut h_l = h_(l-1) + beta f(W_l h_(l-1)); no bias, no normalisation. Inputs h_0 (BATCH,
WIDTH) are normal, and so is the gradient dL/dh_L that is sent in at the end: it stands for a loss that knows nothing of
h_L. One that does, such as |h_L|^2, gives up to ten times these ratios in ReLU networks, whose outputs share a direction.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

import torch
from torch import Tensor

from resnet_viz.analysis.signal import Verdict, verdict_of

WIDTH = 100
BATCH = 64
SEEDS = 5

Activation = Literal["sigmoid", "tanh", "relu"]
Start = Literal["xavier", "he"]
Shortcut = Literal["plain", "residual"]

ACTIVATIONS: Mapping[Activation, Callable[[Tensor], Tensor]] = MappingProxyType(
    {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu}
)
VARIANCES: Mapping[Start, float] = MappingProxyType({"xavier": 1.0, "he": 2.0})
"""Variance of a weight times WIDTH: Glorot and Bengio 2010 for as many inputs as outputs, He et al. 2015."""


@dataclass(frozen=True, slots=True)
class Stack:
    """A network of this experiment."""

    activation: Activation
    start: Start
    gain: float = 1.0
    """What the starting weights are multiplied by."""
    kind: Shortcut = "plain"
    beta: float = 1.0
    """What a branch is multiplied by before it is added; of no effect without shortcuts."""
    depth: int = 20

    @property
    def expected(self) -> float | None:
        """|dL/dh_0| / |dL/dh_L| of a wide plain ReLU network: (gain^2 c / 2)^(L/2), c of VARIANCES; None for others.

        Half of the units pass nothing, so that a layer multiplies the squared norm by half the variance times WIDTH.
        """
        if self.activation != "relu" or self.kind == "residual":
            return None
        return float((self.gain**2 * VARIANCES[self.start] / 2) ** (self.depth / 2))


SETTINGS: Mapping[str, Stack] = MappingProxyType(
    {
        "sigmoid_xavier": Stack("sigmoid", "xavier"),
        "tanh_xavier": Stack("tanh", "xavier"),
        "relu_xavier": Stack("relu", "xavier"),
        "relu_he": Stack("relu", "he"),
        "relu_he_gain": Stack("relu", "he", gain=1.5),
        "tanh_skip": Stack("tanh", "xavier", kind="residual"),
        "relu_skip": Stack("relu", "he", kind="residual"),
    }
)
"""Networks worth a comparison, by name."""

DEPTHS = (4, 10, 20, 50)
"""Depths at which they are compared."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Norms (Frobenius, over the batch) in one network."""

    signal: tuple[float, ...]
    """|h_0| to |h_L|."""
    gradient: tuple[float, ...]
    """|dL/dh_0| to |dL/dh_L|."""

    @property
    def ratio(self) -> float:
        """|dL/dh_0| / |dL/dh_L|."""
        return self.gradient[0] / self.gradient[-1]


@dataclass(frozen=True, slots=True)
class Measured:
    """Geometric means over seeds."""

    signal: tuple[float, ...]
    """|h_l| / |h_0|, l = 0 to L."""
    gradient: tuple[float, ...]
    """|dL/dh_l| / |dL/dh_L|, l = 0 to L."""
    low: float
    """The least `ratio` of a seed."""
    high: float

    @property
    def ratio(self) -> float:
        """|dL/dh_0| / |dL/dh_L|."""
        return self.gradient[0]

    @property
    def each(self) -> float:
        """What a layer multiplies the gradient by on its way back, on average."""
        return float(self.ratio ** (1 / (len(self.gradient) - 1)))

    @property
    def verdict(self) -> Verdict:
        """What the gradient does on its way back, by the same limits as in real networks."""
        return verdict_of(self.ratio)


def flow(stack: Stack, seed: int = 0) -> Flow:
    """One pass forwards and one backwards, in float64: float32 holds nothing below 1e-45."""
    random = torch.Generator().manual_seed(seed)
    function = ACTIVATIONS[stack.activation]
    deviation = stack.gain * math.sqrt(VARIANCES[stack.start] / WIDTH)
    with torch.inference_mode(False), torch.enable_grad():
        h = _normal(BATCH, random).requires_grad_()
        values = [h]
        for _ in range(stack.depth):
            weight = deviation * _normal(WIDTH, random)
            branch = function(h @ weight)
            h = h + stack.beta * branch if stack.kind == "residual" else branch
            values.append(h)
        gradients = torch.autograd.grad(h, values, _normal(BATCH, random))
    return Flow(
        signal=tuple(float(value.detach().norm()) for value in values),
        gradient=tuple(float(gradient.norm()) for gradient in gradients),
    )


def measure(stack: Stack, first_seed: int = 0, seeds: int = SEEDS) -> Measured:
    """Flows of several seeds, averaged: each curve relative to where it starts, forwards and backwards."""
    flows = [flow(stack, seed) for seed in range(first_seed, first_seed + seeds)]
    ratios = [one.ratio for one in flows]
    return Measured(
        signal=_geometric([[value / one.signal[0] for value in one.signal] for one in flows]),
        gradient=_geometric([[value / one.gradient[-1] for value in one.gradient] for one in flows]),
        low=min(ratios),
        high=max(ratios),
    )


def compare_settings() -> Mapping[str, tuple[float, ...]]:
    """The ratio of each of SETTINGS at each of DEPTHS."""
    return {
        name: tuple(measure(replace(stack, depth=depth)).ratio for depth in DEPTHS) for name, stack in SETTINGS.items()
    }


def as_csv(found: Mapping[Stack, Measured]) -> str:
    """A line for each layer of each network, every digit kept."""
    lines = ["kind,activation,start,gain,beta,layer,signal,gradient"]
    for stack, one in found.items():
        what = f"{stack.kind},{stack.activation},{stack.start},{stack.gain!r},{stack.beta!r}"
        for layer, (signal, gradient) in enumerate(zip(one.signal, one.gradient, strict=True)):
            lines.append(f"{what},{layer},{signal!r},{gradient!r}")
    return "\n".join(lines) + "\n"


def _normal(rows: int, random: torch.Generator) -> Tensor:
    return torch.randn(rows, WIDTH, generator=random, dtype=torch.float64)


def _geometric(rows: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """The geometric mean of each column; zero where one of its values is."""
    return tuple(
        math.exp(math.fsum(math.log(value) for value in column) / len(column)) if all(column) else 0.0
        for column in zip(*rows, strict=True)
    )
