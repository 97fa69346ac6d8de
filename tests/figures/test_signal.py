"""Curves over layers: what is drawn, in whose colour, and what a log axis can show."""

import numpy as np
import pytest

from resnet_viz.figures.palette import NEUTRAL, PLAIN, RESIDUAL
from resnet_viz.figures.shattered import DepthCurve, Strip, depth_chart, strips
from resnet_viz.figures.signal import Curve, Point, layer_chart, log_axis

CURVES = [
    Curve("R", "residual", (Point(1, "relu", 2.0, True), Point(2, "a.relu", 5.0, False), Point(3, "a", 30.0, True))),
    Curve("P", "plain", (Point(1, "relu", 2.0, True), Point(2, "a.relu", 0.0, False), Point(3, "a", 0.0, True))),
]


def test_the_line_runs_between_blocks_and_marks_stand_inside() -> None:
    figure = layer_chart(CURVES, title="T", x_title="x", log=True)
    assert [trace.name for trace in figure.data] == ["R", "P", "R", "P"]
    assert [trace.showlegend for trace in figure.data] == [None, None, False, False]
    assert list(figure.data[0].x) == [1, 3] and list(figure.data[0].y) == [2.0, 30.0]
    assert list(figure.data[2].x) == [2] and list(figure.data[2].customdata) == ["a.relu"]
    assert figure.data[0].line.color == RESIDUAL and figure.data[1].line.color == PLAIN
    assert figure.data[0].line.dash != figure.data[1].line.dash
    assert figure.data[0].marker.symbol != figure.data[1].marker.symbol


def test_named_marks_stand_in_the_legend_and_are_seen() -> None:
    named = Curve("R", "residual", CURVES[0].points, marks="F(x)")
    marks = layer_chart([named], title="T", x_title="x", log=True).data[1]
    faint = layer_chart(CURVES[:1], title="T", x_title="x", log=True).data[1]
    assert (marks.name, marks.showlegend, marks.opacity) == ("F(x)", True, 1)
    assert marks.marker.size > faint.marker.size and faint.opacity < 1


def test_few_layers_have_whole_numbers() -> None:
    few = layer_chart(CURVES, title="T", x_title="x", log=True)
    many = layer_chart([Curve("R", "residual", (Point(50, "a", 1.0, True),))], title="T", x_title="x", log=True)
    assert (few.layout.xaxis.dtick, many.layout.xaxis.dtick) == (1, None)


def test_a_log_axis_leaves_out_what_has_no_logarithm() -> None:
    figure = layer_chart(CURVES, title="T", x_title="x", log=True)
    assert list(figure.data[1].y) == [2.0, None]
    assert figure.layout.yaxis.type == "log" and list(figure.layout.yaxis.range) == [0, 2]
    assert list(layer_chart(CURVES, title="T", x_title="x", log=False).data[1].y) == [2.0, 0.0]


@pytest.mark.parametrize(
    ("values", "ends", "step"),
    [([2, 30], [0, 2], 1), ([1e-20, 1e10], [-21, 11], 6), ([1.0, 10**49.2], [-2, 51], 9), ([], [-2, 2], 1)],
)
def test_powers_of_ten_can_be_read(values: list[float], ends: list[int], step: int) -> None:
    axis = log_axis(values)
    assert axis["range"] == ends and axis["dtick"] == step


def test_strips_have_a_scale_each() -> None:
    x = np.linspace(-2, 2, 5)
    figure = strips([Strip("P", "plain", x), Strip("noise", None, 100 * x)], x, title="T", x_title="x")
    assert [trace.yaxis for trace in figure.data] == ["y", "y2"]
    assert [trace.line.color for trace in figure.data] == [PLAIN, NEUTRAL]


def test_the_spread_of_the_seeds_is_drawn() -> None:
    curve = DepthCurve("P", "plain", False, (2, 8), (0.5, 0.2), (0.4, 0.1), (0.7, 0.2))
    figure = depth_chart([curve], [("2^-L", [0.25, 0.004])], title="T", x_title="L")
    assert list(figure.data[0].error_y.array) == pytest.approx([0.2, 0])
    assert list(figure.data[0].error_y.arrayminus) == pytest.approx([0.1, 0.1])
    assert figure.data[1].line.color == NEUTRAL and list(figure.data[1].x) == [2, 8]
