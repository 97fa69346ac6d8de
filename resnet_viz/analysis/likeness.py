"""Two maps of one picture in numbers: how alike they are, and how much of the picture each one marks."""

from __future__ import annotations

import numpy as np

from resnet_viz.records import Heatmap


def likeness(one: Heatmap, other: Heatmap) -> float | None:
    """Pearson's correlation of two maps over their cells, in [-1, 1]; None where one is flat or their shapes differ."""
    if one.values.shape != other.values.shape or one.low == one.high or other.low == other.high:
        return None
    return float(np.corrcoef(one.values.ravel().astype(np.float64), other.values.ravel().astype(np.float64))[0, 1])


def spread(heatmap: Heatmap) -> float:
    """The share of a map's cells that reach half of its maximum; 0 for a map without anything above zero."""
    return float((heatmap.values >= heatmap.high / 2).mean()) if heatmap.high > 0 else 0.0
