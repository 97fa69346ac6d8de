"""Depth as papers count it: weighted layers on the longest path from input to output."""

from __future__ import annotations

from collections.abc import Iterable

from resnet_viz.records import INPUT, LayerRecord

WEIGHTED = ("conv", "linear")
"""Kinds that count. Batch norm has parameters and does not."""


def depth(layers: Iterable[LayerRecord]) -> int:
    """Convolutions and linear layers on the longest path, `layers` in the order in which they run: 50 in ResNet-50."""
    longest = {INPUT: 0}
    for layer in layers:
        longest[layer.name] = max(longest[name] for name in layer.inputs) + (layer.kind in WEIGHTED)
    return max(longest.values())
