"""Depth as papers count it: weighted layers on the longest path from input to output."""

from __future__ import annotations

from collections.abc import Iterable

from resnet_viz.records import INPUT, LayerRecord

WEIGHTED = ("conv", "linear")


def depth(layers: Iterable[LayerRecord]) -> int:
    """Convolutions and linear layers on the longest path; `layers` come in the order in which they run."""
    behind = {INPUT: 0}
    for layer in layers:
        behind[layer.name] = max(behind[name] for name in layer.inputs) + (layer.kind in WEIGHTED)
    return max(behind.values())
