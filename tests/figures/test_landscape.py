"""The loss around weights as drawn: one scale for all, cut at its top, with the loss itself under the pointer."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from resnet_viz.figures.landscape import LEVELS, Ground, Words, contours, scale_of, surface

AT = (-1.0, 0.0, 1.0)
RIGHT = ((0.0, 0.5, 0.0), (0.5, 1.0, 0.5), (0.0, 0.5, 0.0))
DEEP = Ground(AT, ((9.0, 2.0, math.inf), (1.0, 0.5, 1.0), (3.0, 2.0, 8.0)), RIGHT)
FLAT = Ground(AT, ((1.0, 1.0, 1.0),) * 3, RIGHT)
WORDS = Words("loss", "right", "weights", "chance", "a", "b")
CHANCE = math.log(10)


def test_one_scale_from_the_least_to_twice_that_of_chance() -> None:
    scale = scale_of([DEEP, FLAT], CHANCE)
    assert (scale.low, scale.high, scale.capped) == (0.5, 2 * CHANCE, True)
    alone = scale_of([FLAT], CHANCE)
    assert alone.low == 1 and alone.high == pytest.approx(1) and alone.high > 1 and not alone.capped


@pytest.mark.parametrize("draw", [surface, contours])
def test_what_is_above_the_top_is_cut_and_told(draw) -> None:
    scale = scale_of([DEEP], CHANCE)
    figure = draw(DEEP, scale, WORDS, title="T")
    shown = np.array(figure.data[0].z)
    assert shown.max() == scale.high and shown[1, 1] == 0.5
    told = np.array(figure.data[0].customdata)
    assert told[0, 0].tolist() == [9.0, 0.0] and told[0, 1].tolist() == [2.0, 50.0] and math.isnan(told[0, 2, 0])
    assert figure.data[0].colorscale[0][1] == "rgb(0,0,4)", "the bottom is dark"


def test_the_plane_of_what_is_cut_is_below_the_end_of_its_axis() -> None:
    """On the end itself the browser draws speckles: rounding decides for each pixel whether it is still inside."""
    flat_top = replace(DEEP, losses=((9.0,) * 3,) * 3)
    scale = scale_of([DEEP, flat_top], CHANCE)
    for ground in (DEEP, flat_top):
        figure = surface(ground, scale, WORDS, title="T")
        low, high = figure.layout.scene.zaxis.range
        assert (low, np.array(figure.data[0].z).max()) == (0.0, scale.high)
        assert max(scale.high, figure.data[1].z[0]) < high - 0.005 * (high - low)


def test_the_weights_are_in_the_middle_and_chance_is_a_line() -> None:
    figure = contours(DEEP, scale_of([DEEP], CHANCE), WORDS, title="T")
    lines, chance, mark = figure.data
    assert lines.contours.size == pytest.approx((2 * CHANCE - 0.5) / LEVELS)
    assert (chance.contours.value, chance.name) == (CHANCE, "chance")
    assert (mark.x, mark.y) == ((0,), (0,))
    assert len(contours(FLAT, scale_of([FLAT], CHANCE), WORDS, title="T").data) == 2, "no line where it is not reached"
    assert surface(DEEP, scale_of([DEEP], CHANCE), WORDS, title="T").data[1].z[0] == pytest.approx(0.5, abs=0.1)
