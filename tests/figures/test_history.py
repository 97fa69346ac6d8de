"""Bubbles whose areas can be compared, and boxes true to scale."""

from __future__ import annotations

import re
from math import pi

import pytest

from resnet_viz.figures.feature_maps import MapBox, box_svg, feature_maps
from resnet_viz.figures.history import Bubble, accuracy_chart, depth_chart, diameter
from resnet_viz.figures.palette import PLAIN, RESIDUAL

NAMES = {"residual": "with", "plain": "without"}
ROUND = Bubble("a", 1.0, 50.0, 25e6, "residual", "middle right", "said a")
SQUARE = Bubble("b", 0.0, 16.0, 100e6, "plain", "middle left", "said b", hollow=True)


def test_areas_are_what_they_stand_for() -> None:
    circle, square = (diameter(one, 100e6) for one in (ROUND, SQUARE))
    assert pi / 4 * circle**2 / square**2 == pytest.approx(25 / 100)
    tiny = Bubble("c", 0.0, 5.0, 60e3, "plain", "middle right", "")
    assert diameter(tiny, 100e6) == 6.0  # still to be seen


def test_kinds_are_told_apart_by_more_than_colour() -> None:
    figure = depth_chart([ROUND, SQUARE], [2014, 2015], NAMES, title="t", y_title="y")
    bubbles, *legend = figure.data
    assert list(bubbles.marker.color) == [RESIDUAL, PLAIN]
    assert list(bubbles.marker.symbol) == ["circle", "square-open"]
    assert list(bubbles.text) == ["a", "b"] and list(bubbles.hovertext) == ["said a", "said b"]
    assert [trace.name for trace in legend] == ["with", "without"]
    assert list(figure.layout.xaxis.ticktext) == ["2014", "2015"]
    assert figure.layout.yaxis.type == "log"


def test_cost_is_on_a_log_axis_of_billions() -> None:
    figure = accuracy_chart([ROUND], NAMES, title="t", x_title="x", y_title="y")
    assert figure.layout.xaxis.type == "log"
    assert 20 in figure.layout.xaxis.tickvals


def sides(box: MapBox) -> tuple[float, float]:
    """Width and height in pixels of a box's front."""
    points = re.search(r'<polygon points="([^"]+)"', box_svg(box))
    assert points is not None
    (left, top), _, (right, bottom), _ = (map(float, point.split(",")) for point in points[1].split())
    return right - left, bottom - top


def test_boxes_are_true_to_scale() -> None:
    small, large = (MapBox("C", (), channels, share, 1) for channels, share in ((512, 1 / 8), (2048, 1 / 4)))
    (wide, high), (wider, higher) = sides(small), sides(large)
    assert wider / wide == pytest.approx(4, abs=0.05)
    assert higher / high == pytest.approx(2, abs=0.05)


def test_an_empty_column_stays_empty_and_text_is_text() -> None:
    html = feature_maps([None, MapBox("C2", ("256x88x88",), 256, 0.25, 1, ("<b>",))], 'a "name"')
    assert html.count("<figure") == 2 and '<figure class="none"></figure>' in html
    assert "&lt;b&gt;" in html and "a &quot;name&quot;" in html and "--levels:2" in html
