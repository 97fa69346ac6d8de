"""Curves of a training: colours of the kinds, thickness of the depths, bands where there are seeds, marks that can be read."""

from __future__ import annotations

import math

import pytest

from resnet_viz.figures.palette import PLAIN, RESIDUAL
from resnet_viz.figures.training_curves import TrainingCurve, training_chart

X = (1.0, 2.0, 3.0)


def curve(kind: str, depth: float, mean: tuple[float, ...], spread: float = 0.0) -> TrainingCurve:
    low, high = tuple(v * (1 - spread) for v in mean), tuple(v * (1 + spread) for v in mean)
    return TrainingCurve(f"{kind} {depth}", kind, str(depth), depth, X[: len(mean)], mean, low, high)  # type: ignore[arg-type]


def chart(*curves: TrainingCurve, scale: str = "log", guess: float | None = None):  # type: ignore[no-untyped-def]
    return training_chart(curves, title="T", x_title="epoch", scale=scale, epochs=3, guess=guess)  # type: ignore[arg-type]


def test_kinds_have_their_colours_and_depths_their_thickness() -> None:
    figure = chart(curve("residual", 0, (2, 1, 0.1)), curve("plain", 0, (2, 2, 1)), curve("plain", 1, (2, 2, 2)))
    assert [trace.line.color for trace in figure.data] == [RESIDUAL, PLAIN, PLAIN]
    assert figure.data[0].line.dash != figure.data[1].line.dash
    assert figure.data[1].line.width < figure.data[2].line.width
    assert [annotation.text for annotation in figure.layout.annotations] == ["0", "0", "1"]


def test_several_seeds_have_a_band_and_one_has_none() -> None:
    figure = chart(curve("residual", 0, (2, 1, 0.5)), curve("plain", 0, (2, 2, 1), spread=0.5))
    assert len(figure.data) == 3
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
    assert figure.layout.annotations[0].y == 0.9 and figure.layout.annotations[0].x == 2


def test_marks_do_not_cover_each_other() -> None:
    same = [curve("plain", depth, (1, 1, 1)) for depth in (0, 0.5, 1)]
    marks = chart(*same).layout.annotations
    assert [mark.xshift for mark in marks] == sorted({mark.xshift for mark in marks}) and len(marks) == 2


def test_a_curve_that_has_not_begun_is_no_error() -> None:
    figure = chart(curve("plain", 0, ()))
    assert not figure.layout.annotations and list(figure.data[0].y) == []
