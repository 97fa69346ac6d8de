"""What a class's probability does when blocks are taken out: each one alone, then more and more of them at random.

Veit, Wilber, Belongie 2016, arXiv 1605.06431, sections 4.1 and 4.2, on one picture instead of a test set.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import mean

from resnet_viz.analysis.lesions import Lesion, lesioned, possible
from resnet_viz.forward.program import Program
from resnet_viz.records import Activations, Blueprint

Draws = tuple[tuple[tuple[str, ...], ...], ...]
"""For 0, 1, ... blocks: the sets of blocks that are taken out together."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """What is left of a class's probability when a number of blocks is gone."""

    count: int
    probabilities: tuple[float, ...]
    """One for each set of blocks that was drawn."""

    @property
    def mean(self) -> float:
        """Mean over the sets."""
        return mean(self.probabilities)


@dataclass(frozen=True, slots=True)
class Drops:
    """One network on one picture."""

    whole: float
    """The class's probability with nothing taken out."""
    alone: tuple[tuple[str, float], ...]
    """(block, probability without its branch), for each block that can do without."""
    rows: tuple[Dropped, ...]
    """From no block to all of those that may be drawn; fewer where it was stopped."""

    @property
    def hardest(self) -> tuple[str, float]:
        """The block whose loss costs the class most, and the probability without it."""
        return min(self.alone, key=lambda pair: pair[1])

    def half(self) -> int | None:
        """The least number of blocks without which the mean is below half of `whole`; None where it never is."""
        return next((row.count for row in self.rows if row.mean < self.whole / 2), None)


def draw(blocks: Sequence[str], repeats: int, seed: int) -> Draws:
    """`repeats` random sets of k blocks for each k; one where there is but one, for none and for all of them."""
    rng = random.Random(seed)
    return tuple(
        tuple(tuple(rng.sample(blocks, count)) for _ in range(repeats if 0 < count < len(blocks) else 1))
        for count in range(len(blocks) + 1)
    )


def drops(
    program: Program,
    plan: Blueprint,
    activations: Activations,
    class_index: int,
    draws: Draws,
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Drops:
    """Probabilities of a class without each block alone, and without each set of `draws`.

    A residual block loses its branch and keeps its shortcut, a plain one goes whole. `progress` gets the passes done, and
    all; where it is `cancelled`, rows that are not whole are left out. Raises NetworkError `no_lesion`.
    """
    single = [lesion.block for lesion in possible(plan) if lesion.part == "branch"]
    total, done = len(single) + sum(map(len, draws)), 0

    def without(blocks: Sequence[str]) -> float:
        nonlocal done
        lesions = [Lesion(block, "branch") for block in blocks]
        _, after = lesioned(program, plan, activations, lesions)
        done += 1
        progress(done, total)
        return float(after.logits.double().softmax(0)[class_index])

    whole = float(activations.logits.double().softmax(0)[class_index])
    alone = []
    for block in single:
        if cancelled():
            break
        alone.append((block, without([block])))
    rows: list[Dropped] = []
    for count, sets in enumerate(draws):
        found = []
        for blocks in sets:
            if cancelled():
                return Drops(whole, tuple(alone), tuple(rows))
            found.append(without(blocks))
        rows.append(Dropped(count, tuple(found)))
    return Drops(whole, tuple(alone), tuple(rows))


def as_csv(networks: Sequence[tuple[str, Drops]], draws: Draws) -> str:
    """A row for each pass of named networks as CSV, every digit kept: which blocks were gone, and what was left."""
    lines = ["network,blocks_gone,which,probability"]
    for name, found in networks:
        lines += [f"{name},1,{block},{probability!r}" for block, probability in found.alone]
        for row in found.rows:
            sets = draws[row.count]
            lines += [
                f"{name},{row.count},{' '.join(blocks)},{probability!r}"
                for blocks, probability in zip(sets, row.probabilities, strict=True)
            ]
    return "\n".join(lines) + "\n"
