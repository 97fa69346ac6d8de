"""Charts of learning curves: what is told apart by more than colour."""

from __future__ import annotations

import pytest

from resnet_viz.figures.learning_curves import DepthCurve, learning_chart
from resnet_viz.figures.palette import PLAIN, RESIDUAL

CURVES = [DepthCurve(34, (2.0, 1.0)), DepthCurve(18, (2.2, 0.9))]


@pytest.mark.parametrize(("kind", "colour"), [("residual", RESIDUAL), ("plain", PLAIN)])
def test_the_deeper_the_broader(kind, colour) -> None:
    figure = learning_chart(CURVES, kind, (0.5, 3.0), title="t", x_title="x", layers="{depth} layers", scale="linear")
    thin, broad = figure.data
    assert (thin.name, broad.name) == ("18 layers", "34 layers")
    assert thin.line.width < broad.line.width
    assert thin.line.color == broad.line.color == colour
    assert list(broad.x) == [1, 2] and list(broad.y) == [2.0, 1.0]
    assert thin.marker.size < broad.marker.size


def test_both_charts_share_their_axis() -> None:
    figure = learning_chart(CURVES, "plain", (0.5, 3.0), title="t", x_title="x", layers="{depth}", scale="linear")
    low, high = figure.layout.yaxis.range
    assert low < 0.5 and high > 3.0
    log = learning_chart(CURVES, "plain", (0.5, 700.0), title="t", x_title="x", layers="{depth}", scale="log")
    assert log.layout.yaxis.type == "log" and tuple(log.layout.yaxis.range) == (-1, 3)


def test_shares_are_read_in_percent() -> None:
    figure = learning_chart(CURVES, "plain", (0.1, 0.8), title="t", x_title="x", layers="{depth}", scale="share")
    assert figure.layout.yaxis.tickformat == ".0%"
