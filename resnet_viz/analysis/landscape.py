"""The loss around trained weights along two random directions, filter by filter as long as the weights (Li et al. 2018).

The point (a, b) of the plane is w + a d1 + b d2. Biases and batch norm do not move, and batch norm keeps its running
statistics: so do the authors' figures (github.com/tomgoldstein/loss-landscape, `--xignore biasbn`, `net.eval()`).
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import torch
from torch import Tensor, nn
from torch.nn import functional

SEEDS = (0, 1)
"""Of the two directions."""

REACH = 1.0
"""How far the plane goes to each side: there a step along one direction is as long as the weights themselves."""


@dataclass(frozen=True, slots=True)
class Plane:
    """The loss over a square grid of points around the weights; rows are b, columns are a."""

    at: tuple[float, ...]
    """Coordinates of rows and columns alike, in lengths of the weights, 0 in the middle."""
    losses: tuple[tuple[float, ...], ...]
    """Mean cross-entropy in nats; infinite where the network's answers are no numbers."""
    right: tuple[tuple[float, ...], ...]
    """Share of the images that are answered right."""

    @property
    def centre(self) -> float:
        """Loss of the weights themselves."""
        return self.losses[len(self.at) // 2][len(self.at) // 2]

    @property
    def lowest(self) -> tuple[float, float, float]:
        """Least loss of the grid, and its a and b."""
        rows = zip(self.at, self.losses, strict=True)
        return min((loss, a, b) for b, row in rows for a, loss in zip(self.at, row, strict=True))

    def within(self, loss: float) -> float:
        """Share of the grid's points whose loss is at most `loss`."""
        found = [value for row in self.losses for value in row]
        return sum(value <= loss for value in found) / len(found)

    def reach(self, loss: float) -> float:
        """Mean distance from the centre, along the four half axes, at which the loss first exceeds `loss`.

        Linear between grid points; the edge of the plane where it never does.
        """
        middle = len(self.at) // 2
        row, column = self.losses[middle], [line[middle] for line in self.losses]
        rays = (row[middle:], row[middle::-1], column[middle:], column[middle::-1])
        return sum(_crossing(ray, self.at[middle:], loss) for ray in rays) / len(rays)


class Surroundings:
    """A network of one's own, whose weights can be moved in the plane of two directions.

    What is given is copied and stays as it is. Takes about three times the memory of the weights.
    """

    def __init__(self, model: nn.Module, images: Tensor, targets: Tensor, seeds: tuple[int, int] = SEEDS) -> None:
        self._images, self._targets = images, targets
        self._model = copy.deepcopy(model).eval()
        self._weights = {name: weight.detach() for name, weight in model.named_parameters() if weight.dim() > 1}
        self._first, self._second = (direction(self._weights, seed) for seed in seeds)

    @torch.no_grad()
    def loss(self, a: float, b: float) -> tuple[float, float]:
        """Mean cross-entropy at (a, b) in nats, and the share of images that are answered right."""
        moving = dict(self._model.named_parameters())
        for name, weight in self._weights.items():
            moving[name].copy_(weight).add_(self._first[name], alpha=a).add_(self._second[name], alpha=b)
        logits = self._model(self._images)
        loss = float(functional.cross_entropy(logits, self._targets))
        right = float((logits.argmax(1) == self._targets).double().mean())
        return (loss if math.isfinite(loss) else math.inf), right


def direction(weights: Mapping[str, Tensor], seed: int) -> dict[str, Tensor]:
    """A random direction: Gaussian, each filter (what makes one output channel) scaled to the norm of the weights'.

    A layer's numbers follow from `seed` and its name: networks that share layers are moved alike.
    """
    found = {}
    for name, weight in weights.items():
        random = torch.Generator().manual_seed(int.from_bytes(sha256(f"{seed} {name}".encode()).digest()[:7]))
        drawn = torch.randn(weight.shape, generator=random, dtype=weight.dtype)
        axes = tuple(range(1, weight.dim()))
        length = torch.linalg.vector_norm(weight, dim=axes, keepdim=True)
        own = torch.linalg.vector_norm(drawn, dim=axes, keepdim=True)
        found[name] = drawn.mul_(length / (own + 1e-10))
    return found


def coordinates(points: int, reach: float = REACH) -> tuple[float, ...]:
    """An odd number of coordinates from -reach to reach, exactly 0 in the middle. Raises ValueError for an even one."""
    if points < 3 or points % 2 == 0:
        raise ValueError(f"{points} points: an odd number of at least 3 has the weights themselves in its middle")
    middle = points // 2
    return tuple(reach * (i - middle) / middle for i in range(points))


def measure(
    around: Surroundings,
    points: int,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
    reach: float = REACH,
) -> Plane:
    """The loss at every point of a grid of `points` x `points`, the middle first and the edge last.

    Once `cancelled` says so, the largest square that is whole; of one point, if it has to be.
    """
    at, middle = coordinates(points, reach), points // 2
    found: dict[tuple[int, int], tuple[float, float]] = {}
    walk = spiral(points)
    for done, (row, column) in enumerate(walk, start=1):
        found[row, column] = around.loss(at[column], at[row])
        progress(done, len(walk))
        if cancelled():
            break
    ring = (math.isqrt(len(found)) - 1) // 2
    inside = range(middle - ring, middle + ring + 1)
    losses, right = (tuple(tuple(found[row, column][i] for column in inside) for row in inside) for i in range(2))
    return Plane(tuple(at[i] for i in inside), losses, right)


def spiral(points: int) -> tuple[tuple[int, int], ...]:
    """All (row, column) of a grid, square by square around the middle: what is stopped early is whole inside."""
    middle = points // 2
    cells = [(row, column) for row in range(points) for column in range(points)]
    return tuple(sorted(cells, key=lambda cell: max(abs(cell[0] - middle), abs(cell[1] - middle))))


def as_csv(planes: Sequence[tuple[str, Plane]]) -> str:
    """All points of named networks as CSV, every digit kept."""
    lines = ["network,a,b,loss_nats,share_right"]
    for name, plane in planes:
        for b, losses, right in zip(plane.at, plane.losses, plane.right, strict=True):
            cells = zip(plane.at, losses, right, strict=True)
            lines += [f"{name},{a!r},{b!r},{loss!r},{share!r}" for a, loss, share in cells]
    return "\n".join(lines) + "\n"


def _crossing(ray: Sequence[float], at: Sequence[float], loss: float) -> float:
    for i in range(1, len(ray)):
        if ray[i] > loss:
            rise = ray[i] - ray[i - 1]
            part = (loss - ray[i - 1]) / rise if math.isfinite(rise) and rise > 0 else 0.0
            return at[i - 1] + max(0.0, part) * (at[i] - at[i - 1])
    return at[-1]
