"""A residual network unravelled into its paths (Veit et al. 2016), and the gradient that each length of path carries.

A block y = relu(S x + F(x)) doubles the ways: over the shortcut S, or through the branch F. With the ReLU masks held as
they are on one image, every way is linear, and the gradients of all ways of one length are carried backwards together.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from resnet_viz.analysis.gradients import Score, both_ways
from resnet_viz.forward.program import Program
from resnet_viz.records import INPUT, BlockRecord, Blueprint


@dataclass(frozen=True, slots=True)
class PathLength:
    """All paths that go through the same number of branches."""

    length: int
    """Branches on the way; a bottleneck's has three convolutions."""
    paths: int
    """How many paths there are of it: blocks over length."""
    norm: float
    """L2 norm of what they add to the gradient at the image, together."""
    share: float
    """<g_k, g> / <g, g>, g the whole gradient: the shares of all lengths add up to 1, and some may be below 0."""

    @property
    def norm_per_path(self) -> float:
        """L2 norm of the mean over its paths."""
        return self.norm / self.paths


@dataclass(frozen=True, slots=True)
class Unravelled:
    """The gradient of one score at one image, by length of path."""

    lengths: tuple[PathLength, ...]
    """From 0, over every shortcut, to the number of blocks."""
    norm: float
    """L2 norm of the ordinary gradient."""
    gap: float
    """L2 norm of (sum over lengths - ordinary gradient), as a share of `norm`: rounding, if all is right."""

    @property
    def blocks(self) -> int:
        """Number of blocks with a branch."""
        return len(self.lengths) - 1

    @property
    def paths(self) -> int:
        """Number of all paths."""
        return sum(row.paths for row in self.lengths)

    @property
    def mean_length(self) -> float:
        """Mean length of a path, each counted once."""
        return sum(row.length * row.paths for row in self.lengths) / self.paths

    @property
    def mean_length_of_gradient(self) -> float:
        """Mean length, each weighted with its share of the gradient."""
        return sum(row.length * row.share for row in self.lengths)

    @property
    def against(self) -> float:
        """What the lengths with a negative share take away, as a share above 0."""
        return -sum(row.share for row in self.lengths if row.share < 0)

    def carrying(self, part: float) -> tuple[int, int]:
        """Shortest run of lengths, from and to, whose shares of the gradient add up to at least `part`.

        All lengths where no run does, which takes a gradient of zero.
        """
        ends = range(len(self.lengths))
        runs = {(i, j): sum(row.share for row in self.lengths[i : j + 1]) for i in ends for j in ends if i <= j}
        enough = [run for run, share in runs.items() if share >= part - 1e-9] or [(0, self.blocks)]
        return min(enough, key=lambda run: (run[1] - run[0], -runs[run]))

    def share_of_paths(self, run: tuple[int, int]) -> float:
        """Share of all paths whose length lies in a run."""
        return sum(row.paths for row in self.lengths[run[0] : run[1] + 1]) / self.paths


def unravel(
    program: Program,
    plan: Blueprint,
    images: Tensor,
    score: int | Score,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Unravelled:
    """The gradient of a score at the first of `images` (N, C, H, W), by branches on the way, exact at fixed masks.

    Backwards at each block, g_k <- S^T g_k + J^T g_(k-1): over the shortcut a path stays as long as it was, through
    the branch, whose Jacobian is J, it grows by one. The ReLU behind the sum belongs to both. Blocks without a
    shortcut have one way alone, which adds no length: a plain network is one path, of length 0. The other images matter
    only where batch norm takes its statistics from the batch, whose own derivatives are then part of J and S.
    `progress` gets the blocks done, and all. Costs about n / 2 ordinary backward passes for n blocks.
    """
    places = [block.source for block in plan.blocks] + [plan.blocks[-1].output]
    found = both_ways(program, images, score, [INPUT, *places])
    carried = [found.gradients[plan.blocks[-1].output]]
    for done, block in enumerate(reversed(plan.blocks), start=1):
        carried = _through(program, block, found.values[block.source], carried)
        progress(done, len(plan.blocks))
    at_images = _to_images(program, images, plan.blocks[0].source, carried)
    return _measured([part[0] for part in at_images], found.gradients[INPUT][0])


def _through(program: Program, block: BlockRecord, x: Tensor, behind: Sequence[Tensor]) -> list[Tensor]:
    """Gradients by length at a block's input, from those at its output."""
    with torch.inference_mode(False), torch.enable_grad():
        # A leaf for each way: what comes back to one has not gone through the other.
        branch_in, shortcut_in = (x.detach().clone().requires_grad_() for _ in range(2))
        if block.shortcut == "none":
            out = _run(program, (*block.branch, block.output), {block.source: branch_in})[block.output]
            return [_vjp(out, branch_in, gradient) for gradient in behind]
        values = _run(program, block.branch, {block.source: branch_in})
        skipped = _run(program, block.projection, {block.source: shortcut_in})
        ends = {block.branch[-1]: values[block.branch[-1]]}
        shortcut = block.projection[-1] if block.projection else block.source
        ends[shortcut] = skipped[shortcut]
        rest = [name for name in block.layers if name not in {*block.branch, *block.projection}]
        out = _run(program, rest, ends)[block.output]
        longer = [_vjp(out, branch_in, gradient) for gradient in behind]
        same = [_vjp(out, shortcut_in, gradient) for gradient in behind]
    return [same[0], *(one + other for one, other in zip(same[1:], longer[:-1], strict=True)), longer[-1]]


def _to_images(program: Program, images: Tensor, source: str, behind: Sequence[Tensor]) -> list[Tensor]:
    """Gradients by length at the images, through the stem that all paths share."""
    stem = []
    for name in program.steps:
        stem.append(name)
        if name == source:
            break
    with torch.inference_mode(False), torch.enable_grad():
        leaf = images.detach().clone().requires_grad_()
        out = _run(program, stem, {INPUT: leaf})[source]
        return [_vjp(out, leaf, gradient) for gradient in behind]


def _run(program: Program, names: Sequence[str], known: dict[str, Tensor]) -> dict[str, Tensor]:
    """Outputs of some steps, in their order, from those that are known; the known ones among them."""
    values = dict(known)
    for name in names:
        step = program.steps[name]
        values[name] = step.call(*[values[source] for source in step.inputs])
    return values


def _vjp(out: Tensor, leaf: Tensor, gradient: Tensor) -> Tensor:
    return torch.autograd.grad(out, leaf, gradient, retain_graph=True)[0]


def _measured(by_length: Sequence[Tensor], whole: Tensor) -> Unravelled:
    # In float64: the shares are differences of large numbers where lengths cancel each other.
    parts, total = [part.double().flatten() for part in by_length], whole.double().flatten()
    square = float(total @ total)
    count = len(parts) - 1
    rows = (
        PathLength(length, math.comb(count, length), float(part.norm()), float(part @ total) / (square or 1.0))
        for length, part in enumerate(parts)
    )
    gap = float((torch.stack(parts).sum(0) - total).norm())
    return Unravelled(tuple(rows), math.sqrt(square), gap / (math.sqrt(square) or 1.0))


def as_csv(found: Unravelled) -> str:
    """A row for each length as CSV, every digit kept."""
    lines = ["branches,paths,gradient_l2,gradient_l2_of_the_mean_path,share_of_gradient"]
    lines += [f"{r.length},{r.paths},{r.norm!r},{r.norm_per_path!r},{r.share!r}" for r in found.lengths]
    return "\n".join(lines) + "\n"
