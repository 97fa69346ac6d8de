"""How far the values of a network's maps go, from the least to the largest."""

from __future__ import annotations

from collections.abc import Iterable

from resnet_viz.analysis.heatmaps import Reduction, is_vector, layer_limits, reduce
from resnet_viz.forward.run import Program, value
from resnet_viz.records import Activations


def extent(places: Iterable[str], program: Program, kept: Activations, how: Reduction) -> tuple[float, float]:
    """The least and largest value of one kind of map over places; of `channel`, over all their channels.

    Places whose outputs are vectors have no map and do not count; (0, 0) where there are no others.
    """
    ends: list[tuple[float, float]] = []
    for place in places:
        tensor = value(program, kept, place)
        if is_vector(tensor):
            continue
        if how == "channel":
            ends.append(layer_limits(tensor))
        else:
            heatmap = reduce(tensor, place, how)
            ends.append((heatmap.low, heatmap.high))
    return min((low for low, _ in ends), default=0.0), max((high for _, high in ends), default=0.0)
