"""Colour scales: what the colours of a map span."""

from __future__ import annotations

from torch import Tensor

from resnet_viz.analysis.heatmaps import Reduction, layer_limits, limits
from resnet_viz.records import Heatmap
from resnet_viz.ui.activations.run import Result, network_limits
from resnet_viz.ui.activations.way import Limits

SCALES = ("map", "layer", "network")


def scale_limits(result: Result, heatmap: Heatmap, tensor: Tensor, how: Reduction, scale: str) -> Limits:
    """The ends of the colour scale: of this map, of all channels of its place, or of all stages and blocks.

    Signed values get ends equally far from zero. A norm exceeds every channel, so a layer's scale for it is its own.
    """
    if scale == "layer" and how != "norm":
        return layer_limits(tensor)
    low, high = limits([heatmap])
    if scale != "network":
        return low, high
    known = network_limits(result, how)
    low, high = min(low, known[0]), max(high, known[1])
    far = max(abs(low), abs(high))
    return (-far, far) if heatmap.signed else (low, high)
