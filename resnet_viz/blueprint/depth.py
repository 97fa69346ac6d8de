"""Depth as papers count it: weighted layers on the longest path from input to output."""

from __future__ import annotations

from collections.abc import Iterable

from resnet_viz.records import INPUT, LayerRecord

WEIGHTED = ("conv", "linear")
"""Kinds that count. Batch norm has parameters and does not."""


def depth(layers: Iterable[LayerRecord]) -> int:
    """Convolutions and linear layers on the longest path, `layers` in the order in which they run: 50 in ResNet-50."""
    return len(longest_path(layers))


def longest_path(layers: Iterable[LayerRecord]) -> tuple[str, ...]:
    """Places of the convolutions and linear layers on the longest path, in order; of equally long ones the first."""
    paths: dict[str, tuple[str, ...]] = {INPUT: ()}
    for layer in layers:
        before = max((paths[name] for name in layer.inputs), key=len)
        paths[layer.name] = (*before, layer.name) if layer.kind in WEIGHTED else before
    return max(paths.values(), key=len)
