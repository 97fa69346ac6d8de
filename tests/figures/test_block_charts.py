"""Charts over blocks: what is drawn for each, what is marked, and what a click on a point means."""

import math

import pytest

from resnet_viz.figures.block_charts import BlockPoint, BlockShares, block_points, responses, share_bars
from resnet_viz.figures.palette import NEUTRAL, PLAIN, RESIDUAL, STAGE_COLORS
from resnet_viz.figures.signal import Curve, Point

POINTS = [BlockPoint("layer1.0", 1, 0.5), BlockPoint("layer1.1", 1, math.nan), BlockPoint("layer2.0", 2, 1.5)]


def test_each_block_has_a_point_in_the_colour_of_its_stage() -> None:
    trace = block_points(POINTS, "layer2.0", title="T", x_title="x", level=1.0, signed=False).data[0]
    assert list(trace.x) == ["1.0", "1.1", "2.0"] and list(trace.y) == [0.5, None, 1.5]
    assert list(trace.customdata) == [point.block for point in POINTS]
    assert list(trace.marker.color) == [STAGE_COLORS[1], STAGE_COLORS[1], STAGE_COLORS[2]]
    assert trace.marker.size[2] > trace.marker.size[0] == trace.marker.size[1]


def test_the_selected_block_and_the_level_are_marked() -> None:
    band, line = block_points(POINTS, "layer2.0", title="T", x_title="x", level=1.0, signed=False).layout.shapes[::-1]
    assert (band.x0, band.x1) == (1.5, 2.5) and line.y0 == line.y1 == 1.0
    bare = block_points(POINTS, "layer4.0", title="T", x_title="x", level=None, signed=True)
    assert not bare.layout.shapes
    assert bare.layout.yaxis.range[0] <= -1 and bare.layout.yaxis.range[1] >= 1


def test_names_of_blocks_are_no_numbers_to_the_axis() -> None:
    assert block_points(POINTS, "", title="T", x_title="x", level=None, signed=False).layout.xaxis.type == "category"


def test_both_parts_of_a_share_stand_side_by_side() -> None:
    rows = [BlockShares("layer1.0", -1.0, 2.0), BlockShares("layer1.1", 0.5, 0.25)]
    figure = share_bars(rows, "layer1.1", title="T", x_title="x", names=("F(x)", "shortcut"))
    assert [trace.name for trace in figure.data] == ["F(x)", "shortcut"]
    assert [list(trace.y) for trace in figure.data] == [[-1.0, 0.5], [2.0, 0.25]]
    assert [trace.marker.color for trace in figure.data] == [RESIDUAL, NEUTRAL]
    assert figure.layout.barmode == "group" and figure.layout.shapes[0].x0 == 0.5
    # Streamlit marks what was clicked by fading the rest: the page marks the block itself.
    for trace in figure.data:
        assert trace.unselected.marker.opacity == trace.marker.opacity


def test_responses_are_drawn_from_zero() -> None:
    points = (Point(1, "a", 0.5, True), Point(2, "b", 0.25, True))
    figure = responses([Curve("R", "residual", points), Curve("P", "plain", points)], title="T", x_title="x")
    assert [list(trace.y) for trace in figure.data] == [[0.5, 0.25]] * 2
    assert [trace.line.color for trace in figure.data] == [RESIDUAL, PLAIN]
    axis = figure.layout.yaxis
    assert (axis.type, axis.rangemode, axis.range, axis.dtick) == ("linear", "tozero", None, None)


@pytest.mark.parametrize("signed", [True, False])
def test_a_chart_without_a_number_is_still_a_chart(signed: bool) -> None:
    figure = block_points([BlockPoint("layer1.0", 1, math.nan)], "", title="T", x_title="x", level=None, signed=signed)
    assert list(figure.data[0].y) == [None]
