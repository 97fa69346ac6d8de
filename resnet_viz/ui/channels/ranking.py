"""The numbers that channels are sorted by."""

from __future__ import annotations

from resnet_viz.analysis.channels import ChannelStatistics, Numbers, influence, statistics
from resnet_viz.ui.activations.run import Result, activations, tensor_at
from resnet_viz.ui.cache import store
from resnet_viz.ui.computed import Task, computed
from resnet_viz.ui.jobs import Cancelled, Progress
from resnet_viz.ui.state import t


def statistics_at(result: Result, place: str) -> ChannelStatistics:
    """The statistics of the channels of a place."""
    return store().get(
        ("channel statistics", result.key, place),
        lambda: statistics(tensor_at(result, place)),
        lambda found: 5 * found.mean.nbytes,
    )


def influences_at(result: Result, place: str, class_index: int) -> Numbers | None:
    """What each channel adds to the logit of a class; None while it is computed, which is drawn."""
    kept, key = activations(result), ("influence", result.key, place, class_index)

    def work(_progress: Progress, _cancelled: Cancelled) -> Numbers:
        return influence(result.loaded.program, kept, place, class_index)

    # Forwards once more and backwards, at most through all of the network.
    task = Task("influence", key, work, t("channels.influence.computing"), 3.0 * result.plan.macs)
    return computed(task, lambda found: found.nbytes)
