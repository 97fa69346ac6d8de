"""Curves of a training: colours of the kinds, thickness of the depths, bands where there are seeds, marks that can be read."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import pytest

from resnet_viz.figures.palette import PLAIN, RESIDUAL
from resnet_viz.figures.signal import MARKERS
from resnet_viz.figures.training_curves import TrainingCurve, training_chart

X = (1.0, 2.0, 3.0)


def curve(kind: str, depth: float, mean: tuple[float, ...], spread: float = 0.0, variant: int = 0) -> TrainingCurve:
    low, high = tuple(v * (1 - spread) for v in mean), tuple(v * (1 + spread) for v in mean)
    return TrainingCurve(f"{kind} {depth}", kind, str(depth), depth, X[: len(mean)], mean, low, high, variant)  # type: ignore[arg-type]


def chart(*curves: TrainingCurve, scale: str = "log", guess: float | None = None):  # type: ignore[no-untyped-def]
    return training_chart(curves, title="T", x_title="epoch", scale=scale, epochs=3, guess=guess)  # type: ignore[arg-type]


def lines(figure):  # type: ignore[no-untyped-def]
    """The curves themselves, without bands and without what leads to the labels."""
    return [trace for trace in figure.data if trace.name]


def leaders(figure):  # type: ignore[no-untyped-def]
    return [trace for trace in figure.data if trace.cliponaxis is False]


def test_kinds_have_their_colours_and_depths_their_thickness() -> None:
    figure = chart(curve("residual", 0, (2, 1, 0.1)), curve("plain", 0, (2, 2, 1)), curve("plain", 1, (2, 2, 2)))
    residual, shallow, deep = lines(figure)
    assert [trace.line.color for trace in (residual, shallow, deep)] == [RESIDUAL, PLAIN, PLAIN]
    assert residual.line.dash != shallow.line.dash
    assert shallow.line.width < deep.line.width
    assert [annotation.text for annotation in figure.layout.annotations] == ["0", "0", "1"]


def test_several_seeds_have_a_band_and_one_has_none() -> None:
    figure = chart(curve("residual", 0, (2, 1, 0.5)), curve("plain", 0, (2, 2, 1), spread=0.5))
    assert len(lines(figure)) == 2 and len([trace for trace in figure.data if trace.fill]) == 1
    assert list(figure.data[0].y) == [3, 3, 1.5, 0.5, 1, 1]
    assert figure.data[0].showlegend is False


def test_the_log_axis_holds_all_and_marks_stand_at_the_ends() -> None:
    figure = chart(curve("plain", 0, (2, 1, 0.5)), guess=math.log(10))
    low, high = figure.layout.yaxis.range
    assert low <= math.log10(0.5) and high >= math.log10(2.303)
    assert figure.layout.annotations[0].y == pytest.approx(math.log10(0.5))
    assert figure.layout.shapes[0].y0 == pytest.approx(math.log(10))


def test_shares_run_from_zero_to_one() -> None:
    figure = chart(curve("plain", 0, (0.1, 0.9)), scale="share")
    assert figure.layout.yaxis.range[0] == 0 and figure.layout.yaxis.range[1] >= 1
    assert figure.layout.annotations[0].y == 0.9


def test_labels_do_not_cover_each_other_and_are_led_to_from_their_ends() -> None:
    figure = chart(*(curve("plain", depth, (1, 1, 1)[:ends]) for depth, ends in ((0, 3), (0.5, 3), (1, 1))))
    heights = sorted(mark.y for mark in figure.layout.annotations)
    low, high = figure.layout.yaxis.range
    assert min(b - a for a, b in pairwise(heights)) * (320 - 90 - 3 * 19) / (high - low) > 13.9
    assert [leader.x[0] for leader in leaders(figure)] == [3, 3, 1]
    assert {leader.y[0] for leader in leaders(figure)} == {1} and all(leader.x[1] > 3 for leader in leaders(figure))
    assert [math.log10(leader.y[1]) for leader in leaders(figure)] == pytest.approx(
        [mark.y for mark in figure.layout.annotations]
    )


def test_more_labels_than_there_is_room_for_are_left_out() -> None:
    figure = chart(*(curve("plain", 0, (1, 1, 1)) for _ in range(40)))
    low, high = figure.layout.yaxis.range
    heights = [mark.y for mark in figure.layout.annotations]
    assert len(lines(figure)) == 40 and 5 < len(heights) < 20
    assert low <= min(heights) and max(heights) <= high


def test_variants_have_symbols_and_one_variant_needs_none() -> None:
    long = tuple(float(n) for n in range(1, 41))
    one = TrainingCurve("a", "plain", "8", 0, long, long, long, long)
    (line,) = lines(chart(one))
    assert line.mode == "lines"
    first, other = lines(chart(one, replace(one, name="b", variant=1)))
    assert first.mode == other.mode == "lines+markers" and 0 < first.marker.maxdisplayed < 10
    assert first.marker.symbol == MARKERS["plain"] != other.marker.symbol
    assert first.line == other.line
    assert [leader.marker.symbol for leader in leaders(chart(one, replace(one, name="b", variant=1)))] == [
        first.marker.symbol,
        other.marker.symbol,
    ]


def test_a_line_that_falls_to_nothing_is_labelled_at_its_last_point_that_is_drawn() -> None:
    figure = chart(curve("plain", 0, (1, 0.5, 0)), curve("residual", 0, (1, 1, 1)))
    gone, there = leaders(figure)
    assert (gone.x[0], gone.y[0]) == (2, 0.5) and (there.x[0], there.y[0]) == (3, 1)
    assert [mark.text for mark in figure.layout.annotations] == ["0 → 0", "0"]
    assert list(lines(figure)[0].y) == [1, 0.5, None]
    assert not chart(curve("plain", 0, (0, 0))).layout.annotations


def test_a_band_goes_to_the_foot_of_a_log_axis_where_a_seed_comes_to_nothing() -> None:
    fallen = TrainingCurve("a", "plain", "8", 0, X, (1, 1, 1), (1, 1, 0), (1, 1, 2))
    figure = chart(fallen)
    assert min(figure.data[0].y) == pytest.approx(10 ** figure.layout.yaxis.range[0])


def test_a_legend_of_many_networks_takes_nothing_from_the_plot() -> None:
    few, many = (chart(*[curve("plain", 0, (1, 1))] * number) for number in (4, 12))
    assert many.layout.height - few.layout.height == 8 * 19


def test_long_labels_have_their_room() -> None:
    short, long = (chart(replace(curve("plain", 0, (1, 1)), mark=mark)) for mark in ("8", "56 no norm rate 0.3"))
    assert long.layout.margin.r - short.layout.margin.r > 100


def test_a_curve_that_has_not_begun_is_no_error() -> None:
    figure = chart(curve("plain", 0, ()))
    assert not figure.layout.annotations and list(figure.data[0].y) == []
