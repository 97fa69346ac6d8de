"""Charts of cost: bars that carry their stage's colour, value and share."""

import pytest

from resnet_viz.figures.charts import Bar, stage_bars


def test_bars_carry_value_colour_and_share() -> None:
    bars = [Bar("0", "#111111", 30, "30 k"), Bar("1", "#222222", 70, "70 k")]
    trace = stage_bars(bars, "Parameters").data[0]
    assert list(trace.y) == [30, 70]
    assert list(trace.marker.color) == ["#111111", "#222222"]
    assert list(trace.text) == ["30.0%", "70.0%"]
    assert list(trace.customdata) == ["30 k", "70 k"]


@pytest.mark.parametrize("values", [[], [0, 0]])
def test_nothing_to_show_is_no_error(values: list[int]) -> None:
    figure = stage_bars([Bar(str(i), "#000000", value, "0") for i, value in enumerate(values)], "MACs")
    assert len(figure.data[0].y) == len(values)
