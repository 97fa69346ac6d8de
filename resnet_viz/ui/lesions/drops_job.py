"""The passes without random blocks, of a network and of its twin, as long work."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor

from resnet_viz.analysis.lesions import removable
from resnet_viz.analysis.random_drops import Draws, Drops, draw, drops
from resnet_viz.blueprint import blueprint
from resnet_viz.figures.signal import Kind
from resnet_viz.forward.images import prepare
from resnet_viz.forward.program import Program
from resnet_viz.forward.run import forward
from resnet_viz.networks.catalog import spec
from resnet_viz.networks.weights import bundled_file
from resnet_viz.records import Blueprint, WeightsInfo
from resnet_viz.ui.activations.run import Result
from resnet_viz.ui.cache import program
from resnet_viz.ui.computed import Task, computed
from resnet_viz.ui.jobs import Cancelled, Progress
from resnet_viz.ui.state import t

_BYTES = 200
"""What one probability takes in memory, about."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is computed, for one picture."""

    class_index: int
    repeats: int
    """Random sets of each size."""
    seed: int

    def draws(self, plan: Blueprint) -> Draws:
        """The sets: the same for a network and its twin, which can lose the same blocks."""
        return draw(removable(plan), self.repeats, self.seed)


@dataclass(frozen=True, slots=True)
class Measured:
    """One network, and what came out."""

    title: str
    kind: Kind
    info: WeightsInfo
    drops: Drops


@dataclass(frozen=True, slots=True)
class _Part:
    """One network of the two, before its passes."""

    program: Program
    plan: Blueprint
    info: WeightsInfo
    image: Tensor
    class_index: int


def measured(result: Result, order: Order) -> tuple[Measured, ...] | None:
    """The network, and its twin behind it where both were trained; None while it is under way or was stopped."""
    own = _Part(result.loaded.program, result.plan, result.loaded.info, result.prepared.tensor, order.class_index)
    twin = _twin(result, order.class_index)
    parts = [own] if twin is None else [own, twin]
    draws = order.draws(result.plan)
    passes = len(result.plan.blocks) + sum(map(len, draws))

    def work(progress: Progress, cancelled: Cancelled) -> tuple[Measured, ...] | None:
        return _measure(parts, draws, progress, cancelled)

    key = ("drops", result.key, order, *(part.info.digest for part in parts))
    macs = passes * sum(part.plan.macs for part in parts)
    task = Task("drops", key, work, t("lesions.random.running"), macs)
    return computed(task, lambda found: _BYTES * passes * len(found))


def _measure(parts: list[_Part], draws: Draws, progress: Progress, cancelled: Cancelled) -> tuple[Measured, ...] | None:
    """What becomes of the class in each network, the progress counted over all; None where it is stopped."""
    found = []
    for number, part in enumerate(parts):

        def step(done: int, total: int, before: int = number) -> None:
            progress(before * total + done, len(parts) * total)

        kept = forward(part.program, part.image)
        probabilities = drops(
            part.program, part.plan, kept, part.class_index, draws, progress=step, cancelled=cancelled
        )
        if cancelled():
            return None
        network = spec(part.plan.network)
        kind: Kind = "plain" if network.family == "plain" else "residual"
        found.append(Measured(network.title, kind, part.info, probabilities))
    return tuple(found)


def _twin(result: Result, class_index: int) -> _Part | None:
    """The same network with or without shortcuts, if both were trained to answer the same classes."""
    own, name = result.loaded.info, spec(result.plan.network).twin
    if name is None or own.trained_on == "nothing" or not bundled_file(name).is_file():
        return None
    loaded = program(name, "bundled")
    ids = [label.id for label in loaded.info.labels]
    wanted = own.labels[class_index].id
    if wanted not in ids:
        return None
    size = result.plan.size
    picture = prepare(result.picture.decoded, loaded.info.transforms, size, result.prepared.fit)
    return _Part(loaded.program, blueprint(name, size), loaded.info, picture.tensor, ids.index(wanted))
