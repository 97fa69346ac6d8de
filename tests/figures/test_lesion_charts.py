"""Charts of cuts: every value at its place, what is no number left out, residual and plain told apart."""

from __future__ import annotations

import math

from resnet_viz.figures.departures import Gap, Words, departure_chart
from resnet_viz.figures.lesions import Alone, alone_chart
from resnet_viz.figures.palette import NEUTRAL, PLAIN, RESIDUAL, stage_color

WORDS = Words("Apart", "distance", "cosine", "cut")
GAPS = [
    Gap("input", None, 0.0, 1.0),
    Gap("layer1.0", 1, 0.4, 0.9, cut=True),
    Gap("layer2.0", 2, 1.7, -0.2),
    Gap("network", None, math.nan, math.nan),
]


def test_a_point_for_each_place_in_the_colour_of_its_stage() -> None:
    figure = departure_chart(GAPS, WORDS, "layer2.0")
    distance, cosine, crosses, ring = figure.data
    assert all(list(trace.x) == [gap.place for gap in GAPS] for trace in (distance, cosine, crosses))
    assert list(distance.y) == [0.0, 0.4, 1.7, None] and list(cosine.y) == [1.0, 0.9, -0.2, None]
    assert list(distance.marker.color) == [NEUTRAL, stage_color(1), stage_color(2), NEUTRAL]
    assert list(crosses.y) == [None, 0.0, None, None] and list(ring.x) == ["layer2.0"]
    low, high = figure.layout.yaxis.range
    assert low < -0.2 and high > 1.7


def test_without_a_cut_there_are_no_crosses() -> None:
    assert [trace.name for trace in departure_chart(GAPS[2:], WORDS).data] == ["distance", "cosine"]


def test_bars_of_both_networks() -> None:
    networks = [
        Alone("ResNet", "residual", 0.9, (("layer1.0", 0.8), ("layer1.1", 0.7))),
        Alone("Plain", "plain", 0.6, (("layer1.1", 0.1),)),
    ]
    figure = alone_chart(networks, title="Alone", whole="whole")
    bars = figure.data[:2]
    assert [list(bar.y) for bar in bars] == [[0.8, 0.7], [0.1]]
    assert [bar.marker.color for bar in bars] == [RESIDUAL, PLAIN]
    assert bars[0].marker.pattern.shape != bars[1].marker.pattern.shape
    assert [shape.y0 for shape in figure.layout.shapes] == [0.9, 0.6]
    assert [trace.name for trace in figure.data[2:]] == ["ResNet · whole", "Plain · whole"]
