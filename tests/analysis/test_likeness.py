"""Numbers of maps, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from resnet_viz.analysis.likeness import likeness, spread
from resnet_viz.records import Heatmap


def heatmap(values: list[list[float]]) -> Heatmap:
    cells = np.array(values, np.float32)
    return Heatmap("here", "grad-cam 0", cells, float(cells.min()), float(cells.max()), signed=False)


def test_likeness_and_spread_by_hand() -> None:
    one, turned = heatmap([[0, 1], [2, 4]]), heatmap([[4, 3], [2, 0]])
    assert likeness(one, one) == pytest.approx(1)
    assert likeness(one, turned) == pytest.approx(-1)
    assert likeness(one, heatmap([[1, 1], [1, 1]])) is None
    assert likeness(one, heatmap([[0, 1]])) is None
    assert spread(one) == 0.5
    assert spread(heatmap([[0, 0]])) == 0
