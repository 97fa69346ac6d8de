"""The classic chain of four sigmoid layers, one unit each, and its gradient written out with live numbers.

z_l = w_l a_(l-1) + b_l, a_l = s(z_l), a_0 = x, and the cost C = (a_4 - y)^2 / 2, so that by the chain rule

    dC/db_1 = s'(z_1) w_2 s'(z_2) w_3 s'(z_3) w_4 s'(z_4) dC/da_4

with s'(z) = s(z) (1 - s(z)), at most 1/4. The example is chapter 5 of Nielsen, Neural Networks and Deep Learning (2015).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

LAYERS = 4
STEEPEST = 0.25
"""The sigmoid's greatest slope, at z = 0."""


@dataclass(frozen=True, slots=True)
class Chain:
    """What one is free to choose."""

    weights: tuple[float, ...]
    """w_1 to w_4."""
    biases: tuple[float, ...]
    """b_1 to b_4."""
    x: float = 0.5
    target: float = 0.0
    """y, which the chain should answer."""


@dataclass(frozen=True, slots=True)
class Link:
    """One layer of the chain, as a pass forwards and one backwards leave it."""

    number: int
    weight: float
    bias: float
    z: float
    a: float
    slope: float
    """s'(z)."""
    gradient: float
    """dC/db of this layer, which is dC/dz too."""

    @property
    def factor(self) -> float:
        """w s'(z): what the gradient is multiplied by from this layer's output to its input."""
        return self.weight * self.slope


@dataclass(frozen=True, slots=True)
class Derivation:
    """The chain with all its numbers."""

    links: tuple[Link, ...]
    target: float
    cost: float
    cost_slope: float
    """dC/da_4 = a_4 - y."""

    @property
    def steps(self) -> tuple[float, ...]:
        """w_(l+1) s'(z_l) for l = 1, 2, 3: the factors between neighbouring biases' gradients."""
        return tuple(after.weight * before.slope for before, after in zip(self.links[:-1], self.links[1:], strict=True))

    @property
    def ratio(self) -> float:
        """(dC/db_1) / (dC/db_4), the product of `steps`: there too where dC/da_4 is zero."""
        return math.prod(self.steps)

    @property
    def slopes(self) -> float:
        """The product of the four slopes, at most 1/256."""
        return math.prod(link.slope for link in self.links)


def _centred(weight: float) -> Chain:
    """A chain of equal weights whose every z is zero: for x = 1/2 all outputs are 1/2, which the biases take away."""
    return Chain((weight,) * LAYERS, (-weight / 2,) * LAYERS)


PRESETS: Mapping[str, Chain] = MappingProxyType(
    {
        "ordinary": Chain((1.0,) * LAYERS, (0.0,) * LAYERS),
        "steepest": _centred(1.0),
        "even": _centred(1 / STEEPEST),
        "explodes": _centred(20.0),
        "saturated": Chain((20.0,) * LAYERS, (0.0,) * LAYERS),
    }
)
"""Chains worth a look, by name."""


def sigmoid(z: float) -> float:
    """1 / (1 + exp(-z)), without an overflow for any z."""
    return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))


def sigmoid_slope(z: float) -> float:
    """s'(z) = s(z) s(-z): 1 - s(z) would lose its digits for great z."""
    return sigmoid(z) * sigmoid(-z)


def derive(chain: Chain) -> Derivation:
    """Run the chain forwards, and carry dC/db backwards: dC/db_l = s'(z_l) w_(l+1) dC/db_(l+1).

    Raises ValueError unless there are four weights and four biases.
    """
    if not len(chain.weights) == len(chain.biases) == LAYERS:
        raise ValueError(
            f"a chain has {LAYERS} weights and biases, not {len(chain.weights)} and {len(chain.biases)} of them"
        )
    zs: list[float] = []
    a = chain.x
    for weight, bias in zip(chain.weights, chain.biases, strict=True):
        zs.append(weight * a + bias)
        a = sigmoid(zs[-1])
    cost_slope = a - chain.target
    gradients = _backwards(chain.weights, zs, cost_slope)
    links = tuple(
        Link(number, weight, bias, z, sigmoid(z), sigmoid_slope(z), gradient)
        for number, (weight, bias, z, gradient) in enumerate(
            zip(chain.weights, chain.biases, zs, gradients, strict=True), start=1
        )
    )
    return Derivation(links, chain.target, cost_slope**2 / 2, cost_slope)


def as_csv(found: Derivation) -> str:
    """A line for each layer, every digit kept."""
    lines = ["layer,w,b,z,a,slope,dC/db"]
    for link in found.links:
        values = (link.weight, link.bias, link.z, link.a, link.slope, link.gradient)
        lines.append(",".join([str(link.number), *(repr(value) for value in values)]))
    return "\n".join(lines) + "\n"


def _backwards(weights: tuple[float, ...], zs: list[float], cost_slope: float) -> list[float]:
    """dC/db_1 to dC/db_4."""
    found: list[float] = []
    arriving = cost_slope
    for weight, z in zip(reversed(weights), reversed(zs), strict=True):
        found.append(arriving * sigmoid_slope(z))
        arriving = found[-1] * weight
    return found[::-1]
