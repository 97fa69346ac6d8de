"""Charts of paths by length: whose colours they have, and what a log axis leaves out."""

from resnet_viz.figures.palette import NEUTRAL, RESIDUAL
from resnet_viz.figures.paths import LengthBars, LengthLine, norm_chart, share_chart


def test_two_bars_at_each_length() -> None:
    figure = share_chart(LengthBars("P", (0.25, 0.5, 0.25)), LengthBars("G", (0.7, 0.4, -0.1)), title="T", x_title="x")
    paths, gradient = figure.data
    assert list(paths.x) == list(gradient.x) == [0, 1, 2]
    assert list(gradient.y) == [0.7, 0.4, -0.1]
    assert (paths.marker.color, gradient.marker.color) == (NEUTRAL, RESIDUAL)
    assert paths.marker.pattern.shape != gradient.marker.pattern.shape, "told apart without colours"


def test_a_norm_of_zero_has_no_place_on_a_log_axis() -> None:
    figure = norm_chart(LengthLine("T", (1.0, 30.0, 0.0)), LengthLine("M", (1.0, 10.0, 0.0)), title="T", x_title="x")
    assert list(figure.data[0].y) == [1.0, 30.0, None]
    assert figure.layout.yaxis.type == "log" and list(figure.layout.yaxis.range) == [-1, 2]
    assert figure.data[0].line.dash != figure.data[1].line.dash
