"""Points on the sigmoid's slope: where they stand, and that their labels do not cover each other."""

from __future__ import annotations

import pytest

from resnet_viz.analysis.chain import sigmoid_slope
from resnet_viz.figures.chain import LEAST_REACH, labels, slope_chart
from resnet_viz.figures.palette import PLAIN


def test_points_stand_on_the_curve() -> None:
    figure = slope_chart([0.0, 1.5, -4.0, 3.0], sigmoid_slope, title="T", curve="slope", layer="layer {layer}")
    line, points = figure.data
    assert max(line.y) == pytest.approx(0.25)
    assert (line.x[0], line.x[-1]) == (-LEAST_REACH, LEAST_REACH)
    assert list(points.y) == [sigmoid_slope(z) for z in points.x]
    assert list(points.text) == ["1", "2", "3", "4"]
    assert points.customdata[3] == "layer 4" and points.marker.color == PLAIN


def test_points_far_out_are_on_the_axis() -> None:
    figure = slope_chart([0.0, 20.0, 20.0, -35.0], sigmoid_slope, title="T", curve="slope", layer="layer {layer}")
    assert figure.data[0].x[0] < -35
    assert list(figure.data[1].text) == ["1", "", "2, 3", "4"]


@pytest.mark.parametrize(
    ("zs", "written"),
    [
        ([0, 0, 0, 0], ["", "", "1, 2, 3, 4", ""]),
        ([0.2, 0.0, 5.0, 0.1], ["", "", "3", "1, 2, 4"]),
        ([3.0, 2.0, 1.0, 0.0], ["1", "2", "3", "4"]),
    ],
)
def test_near_points_share_a_label(zs: list[float], written: list[str]) -> None:
    assert labels(zs, 0.5) == written
