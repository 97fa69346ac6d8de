"""What the views of a block compute over the whole network, each kept by what it depends on."""

from __future__ import annotations

from functools import partial

from resnet_viz.analysis.growth import BlockNorm, growth
from resnet_viz.analysis.layer_statistics import LayerStatistics, statistics
from resnet_viz.analysis.logit_shares import LogitShare, logit_shares
from resnet_viz.blueprint import blueprint
from resnet_viz.forward.images import prepare
from resnet_viz.forward.run import forward
from resnet_viz.networks.catalog import spec
from resnet_viz.networks.weights import resolve
from resnet_viz.ui.activations.run import Result, activations
from resnet_viz.ui.cache import Loaded
from resnet_viz.ui.cache import program as ready
from resnet_viz.ui.computed import Task, computed, going_on
from resnet_viz.ui.jobs import Cancelled, Progress
from resnet_viz.ui.state import t

Layers = tuple[LayerStatistics, ...]


def all_norms(result: Result) -> tuple[BlockNorm, ...] | None:
    """Norms of all blocks; None while they are computed."""
    kept, program = activations(result), result.loaded.program  # the caches belong to this thread's session

    def work(progress: Progress, cancelled: Cancelled) -> tuple[BlockNorm, ...] | None:
        found = growth(program, result.plan, kept, going_on(progress, cancelled))
        return None if cancelled() else found

    what = t("inside_block.norms.working")
    return computed(Task("block_norms", ("block_norms", result.key), work, what, 1.5 * result.plan.macs))


def all_shares(result: Result, class_index: int) -> tuple[LogitShare, ...] | None:
    """First-order shares of a class's logit; None while they are computed."""
    kept, program = activations(result), result.loaded.program

    def work(progress: Progress, cancelled: Cancelled) -> tuple[LogitShare, ...] | None:
        go_on = going_on(progress, cancelled)
        return logit_shares(program, result.plan, kept, class_index, go_on)

    key = "logit_shares", result.key, class_index
    return computed(Task("logit_shares", key, work, t("inside_block.logit.working"), 3.5 * result.plan.macs))


def all_layers(result: Result) -> Layers | None:
    """Statistics of all layers; None while they are computed."""
    kept, program = activations(result), result.loaded.program

    def work(progress: Progress, cancelled: Cancelled) -> Layers | None:
        return statistics(program, result.plan, kept, going_on(progress, cancelled))

    what = t("inside_block.layers.working")
    return computed(Task("layers", ("layers", result.key), work, what, 2 * result.plan.macs))


def twin_of(result: Result) -> Loaded | None:
    """The same network without shortcuts, or with them, where it has been trained on the same, or both not at all."""
    twin = spec(result.plan.network).twin
    if twin is None:
        return None
    trained_on = result.loaded.info.trained_on
    choice = "none" if trained_on == "nothing" else "auto"
    return ready(twin, choice) if resolve(twin, choice).trained_on == trained_on else None


def twins_layers(result: Result, twin: Loaded) -> Layers | None:
    """The same of the twin, on the same picture; None while they are computed."""
    plan = blueprint(twin.info.network, result.plan.size)
    picture, fit, program = result.picture.decoded, result.prepared.fit, twin.program
    prepared = partial(prepare, picture, twin.info.transforms, plan.size, fit, channels=plan.input_shape[0])

    def work(progress: Progress, cancelled: Cancelled) -> Layers | None:
        kept = forward(program, prepared().tensor)
        return statistics(program, plan, kept, going_on(progress, cancelled))

    key = "layers", result.key, twin.info.digest
    return computed(Task("twins_layers", key, work, t("inside_block.layers.working_twin"), 3 * plan.macs))
