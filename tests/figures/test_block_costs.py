"""The bars of what the parts of a block cost."""

import pytest

from resnet_viz.figures.block_costs import SORT_COLOURS, CostBar, Segment, cost_bars
from resnet_viz.figures.palette import NEUTRAL, STAGE_COLORS
from tests.figures.contrast import contrast

BARS = [
    CostBar(
        "Bottleneck", (Segment("conv1", "1x1", 10), Segment("conv2", "3x3", 30), Segment("conv3", "1x1", 10)), "50"
    ),
    CostBar("Two 3x3", (Segment("conv1", "3x3", 90), Segment("projection", "projection", 7)), "97"),
]


def test_every_part_is_a_piece_of_its_bar() -> None:
    pieces = [trace for trace in cost_bars(BARS, "MACs").data if trace.type == "bar"]
    assert [(piece.y[0], piece.x[0]) for piece in pieces] == [
        *(("Bottleneck", value) for value in (10, 30, 10)),
        *(("Two 3x3", value) for value in (90, 7)),
    ]
    assert cost_bars(BARS, "MACs").layout.barmode == "stack"


def test_the_legend_names_each_sort_once() -> None:
    named = [trace.name for trace in cost_bars(BARS, "MACs").data if trace.showlegend]
    assert named == ["1x1", "3x3", "projection"]
    assert [trace.name for trace in cost_bars(BARS, "", "投影").data if trace.showlegend] == ["1x1", "3x3", "投影"]


def test_totals_stand_behind_the_bars_and_within_the_chart() -> None:
    figure = cost_bars(BARS, "MACs")
    totals = next(trace for trace in figure.data if trace.type == "scatter")
    assert list(totals.x) == [50, 97]
    assert [text.strip() for text in totals.text] == ["50", "97"]
    assert figure.layout.xaxis.range[1] > 97


@pytest.mark.parametrize("background", ["#ffffff", "#10151c"])
def test_the_colours_are_seen_on_both_themes_and_are_no_stages(background: str) -> None:
    assert all(contrast(color, background) >= 3 for color in SORT_COLOURS.values())
    assert not set(SORT_COLOURS.values()) & (set(STAGE_COLORS) - {NEUTRAL})
