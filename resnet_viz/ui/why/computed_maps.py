"""Maps of the current pass: at once where that is quick, as long work where it is not, and kept in the session."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from resnet_viz.analysis.attributions import saliency
from resnet_viz.analysis.block_maps import BlockMaps, block_maps
from resnet_viz.analysis.class_maps import Method, class_map
from resnet_viz.records import INPUT, Blueprint, Heatmap
from resnet_viz.ui.activations.run import Result, activations
from resnet_viz.ui.computed import Task, computed
from resnet_viz.ui.jobs import Cancelled, Progress
from resnet_viz.ui.state import t

KIND = "why"
"""What the desk calls this work: one map at a time."""

T = TypeVar("T")


def map_at(result: Result, place: str, class_index: int, method: Method, *, against: bool) -> Heatmap | None:
    """The map of a class at a place; None while it is computed."""
    if method == "eigen-cam":
        class_index, against = 0, False
    loaded, kept = result.loaded, activations(result)
    make = partial(class_map, loaded.program, kept, place, class_index, method, against=against)
    key = ("class map", result.key, place, class_index, method, against)
    return computed(_task(key, make, macs_behind(result.plan, place)), lambda made: made.values.nbytes)


def maps_in(result: Result, block: str, class_index: int, method: Method) -> BlockMaps | None:
    """The maps of a class in a block; None while they are computed."""
    if method == "eigen-cam":
        class_index = 0
    program, plan, kept = result.loaded.program, result.plan, activations(result)
    make = partial(block_maps, program, plan, kept, block, class_index=class_index, method=method)
    key = ("block maps", result.key, block, class_index, method)
    macs = macs_behind(plan, plan.block(block).output)
    return computed(_task(key, make, macs), lambda made: 3 * made.sum.values.nbytes)


def saliency_of(result: Result, class_index: int) -> Heatmap | None:
    """The saliency of a class; None while it is computed."""
    make = partial(saliency, result.loaded.program, activations(result), class_index)
    key = ("saliency", result.key, class_index)
    return computed(_task(key, make, macs_behind(result.plan, INPUT)), lambda made: made.values.nbytes)


def each_of(classes: Sequence[int], make: Callable[[int], T | None]) -> list[T] | None:
    """What is made of each class, one after the other: the next is not begun before the last is there."""
    found: list[T] = []
    for index in classes:
        made = make(index)
        if made is None:
            return None
        found.append(made)
    return found


def macs_behind(plan: Blueprint, place: str) -> int:
    """Multiply-adds of one image behind a place."""
    outputs = {record.name: record.output for record in plan.stages} | {
        block.name: block.output for block in plan.blocks
    }
    names = [layer.name for layer in plan.layers]
    here = outputs.get(place, place)
    return sum(layer.macs for layer in plan.layers[names.index(here) + 1 if here in names else 0 :])


def _task(key: tuple[object, ...], make: Callable[[], T], macs: int) -> Task[T]:
    """One pass forwards and backwards through layers of so many multiply-adds."""

    def work(progress: Progress, _: Cancelled) -> T:
        progress(0, 1)
        return make()

    return Task(KIND, key, work, t("why.working"), 2.0 * macs)
