"""Bars: what the specification holds."""

import pytest

from resnet_viz.figures.bars import Bar, bars


def test_rows_keep_their_order_and_their_text():
    spec = bars([Bar("a", 0.7, "70 %", strong=True), Bar("b", 0.3, "30 %")], color="#0054a3", top=1.0)
    assert [row["label"] for row in spec["data"]["values"]] == ["a", "b"]
    assert spec["encoding"]["y"]["sort"] is None
    low, high = spec["encoding"]["x"]["scale"]["domain"]
    assert low == 0
    assert high > 1.0


def test_negative_values_get_room_on_their_side():
    low, high = bars([Bar("a", 2.0, "2"), Bar("b", -3.0, "-3")], color="red")["encoding"]["x"]["scale"]["domain"]
    assert low < -3.0
    assert high > 2.0


@pytest.mark.parametrize("rows", [[], [Bar("a", 0.0, "0")]])
def test_nothing_to_show_still_has_a_scale(rows):
    low, high = bars(rows, color="red")["encoding"]["x"]["scale"]["domain"]
    assert low < high


def test_two_rows_of_one_name_are_refused():
    with pytest.raises(ValueError, match="crane"):
        bars([Bar("crane", 1.0, "1"), Bar("crane", 2.0, "2")], color="red")
