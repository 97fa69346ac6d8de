"""Shattered gradients: how fast df/dx of an untrained network changes along a line (Balduzzi et al. 2017, 1702.08591).

f maps a number to a number: a first linear layer with a bias, hidden layers W relu(norm(h)), each added to its input
times beta where there are shortcuts, relu, and a last linear layer. All points of the line are one batch.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

POINTS = 256
WIDTH = 200
EDGE = 2.0
"""The line runs from -EDGE to EDGE."""
SEEDS = 5

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shape:
    """A fully connected network of this experiment."""

    kind: Literal["plain", "residual"]
    depth: int
    """Linear layers, the first and the last among them."""
    batch_norm: bool = True
    beta: float = 1.0
    """What a residual branch is multiplied by before it is added."""


@dataclass(frozen=True, slots=True)
class Correlation:
    """Lag-1 autocorrelation of df/dx of a shape over several seeds."""

    mean: float
    low: float
    high: float


def grid() -> Numbers:
    """The points of the line."""
    return np.linspace(-EDGE, EDGE, POINTS)


def input_gradient(shape: Shape, seed: int = 0) -> Numbers:
    """df/dx at each point of the line, (256,). Under batch norm it is the gradient of the sum of f over the line."""
    with torch.inference_mode(False), torch.enable_grad():
        x = torch.from_numpy(grid()).float()[:, None].requires_grad_()
        (found,) = torch.autograd.grad(_output(x, shape, torch.Generator().manual_seed(seed)).sum(), [x])
    return found[:, 0].double().numpy()


def brown_noise(seed: int = 0) -> Numbers:
    """A random walk of as many steps: what the gradient of a network with one hidden layer looks like."""
    return np.random.default_rng(seed).standard_normal(POINTS).cumsum()


def white_noise(seed: int = 0) -> Numbers:
    """Independent values: what gradients of deep plain networks come to look like."""
    return np.random.default_rng(seed).standard_normal(POINTS)


def autocorrelation(series: Numbers, lag: int = 1) -> float:
    """sum (v_t - m)(v_(t+lag) - m) / sum (v_t - m)^2, m the mean of all: 1 for a slow curve, 0 for independent values."""
    centred = series - series.mean()
    return float((centred[lag:] * centred[:-lag]).sum() / (centred**2).sum())


def correlation(shape: Shape, seeds: int = SEEDS) -> Correlation:
    """The lag-1 autocorrelation over seeds 0, 1, ...: mean, least and greatest."""
    return summary([autocorrelation(input_gradient(shape, seed)) for seed in range(seeds)])


def noise_correlation(seeds: int = SEEDS) -> Correlation:
    """The same of brown noise."""
    return summary([autocorrelation(brown_noise(seed)) for seed in range(seeds)])


def summary(values: list[float]) -> Correlation:
    """Mean, least and greatest of some autocorrelations."""
    return Correlation(sum(values) / len(values), min(values), max(values))


def as_csv(found: Mapping[Shape, Correlation]) -> str:
    """Shapes and their autocorrelations as CSV, every digit kept."""
    lines = ["kind,layers,batch_norm,beta,autocorrelation_mean,least,greatest"]
    for shape, one in found.items():
        what = f"{shape.kind},{shape.depth},{shape.batch_norm},{shape.beta!r}"
        lines.append(f"{what},{one.mean!r},{one.low!r},{one.high!r}")
    return "\n".join(lines) + "\n"


def _output(x: Tensor, shape: Shape, random: torch.Generator) -> Tensor:
    h = x @ torch.randn(1, WIDTH, generator=random) + torch.randn(WIDTH, generator=random)
    for _ in range(shape.depth - 2):
        normal = functional.batch_norm(h, None, None, training=True) if shape.batch_norm else h
        branch = torch.relu(normal) @ _he(WIDTH, random)
        h = branch if shape.kind == "plain" else h + shape.beta * branch
    return torch.relu(h) @ _he(1, random)


def _he(outputs: int, random: torch.Generator) -> Tensor:
    """Weights (WIDTH, outputs) with variance 2 / WIDTH (He et al. 2015)."""
    return torch.randn(WIDTH, outputs, generator=random) * math.sqrt(2 / WIDTH)
