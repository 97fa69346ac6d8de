"""Bars: their order, their lengths by hand, and labels that a stranger's file may hold."""

import re

from resnet_viz.figures.bars import Bar, bars


def extents(html: str) -> list[tuple[float, float]]:
    return [(float(a), float(b)) for a, b in re.findall(r"left:([\d.]+)%;width:([\d.]+)%", html)]


def test_rows_keep_their_order_and_their_text():
    html = bars([Bar("tench", 0.75, "75.0 %", strong=True), Bar("church", 0.25, "25.0 %")], color="#0054a3", top=1.0)
    assert re.findall(r'class="name[^>]*>([^<]*)<', html) == ["tench", "church"]
    assert re.findall(r'class="number[^>]*>([^<]*)<', html) == ["75.0 %", "25.0 %"]
    assert extents(html) == [(0, 75), (0, 25)]


def test_negative_values_go_the_other_way_from_zero():
    assert extents(bars([Bar("a", 3.0, "3"), Bar("b", -1.0, "-1")], color="red")) == [(25, 75), (0, 25)]


def test_nothing_and_zeros_have_a_scale():
    assert extents(bars([], color="red")) == []
    assert extents(bars([Bar("a", 0.0, "0")], color="red")) == [(0, 0)]


def test_labels_are_text_whatever_they_hold():
    html = bars([Bar("<img src=x onerror=alert(1)>", 1.0, "1 < 2")], color="red")
    assert "<img" not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html
    assert "1 &lt; 2" in html
