"""Charts of cost: bars that carry their stage's colour, value and share."""

import pytest

from resnet_viz.figures.charts import StageBar, stage_bars


def test_bars_carry_value_colour_and_share() -> None:
    bars = [StageBar("0", "#111111", 30, "30 k", "30 %"), StageBar("1", "#222222", 70, "70 k", "70 %")]
    figure = stage_bars(bars, "Parameters", "Stage")
    trace = figure.data[0]
    assert list(trace.y) == [30, 70]
    assert list(trace.marker.color) == ["#111111", "#222222"]
    assert list(trace.text) == ["30 k<br>30 %", "70 k<br>70 %"]
    assert figure.layout.xaxis.type == "category"  # labels are names: 0 and 1 are no numbers to space out
    assert figure.layout.xaxis.title.text == "Stage"


@pytest.mark.parametrize("values", [[], [0, 0]])
def test_nothing_to_show_is_no_error(values: list[int]) -> None:
    figure = stage_bars(
        [StageBar(str(i), "#000000", value, "0", "0 %") for i, value in enumerate(values)], "MACs", "Stage"
    )
    assert len(figure.data[0].y) == len(values)
    assert figure.layout.yaxis.range[1] > 0
