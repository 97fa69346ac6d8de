"""Numbers as they are written: their units and their rounding."""

import pytest

from resnet_viz.analysis.numbers import count, magnitude, megabytes, percent, short


def test_count() -> None:
    assert count(25_557_032) == "25,557,032"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (128, "128"),
        (999, "999"),
        (9_408, "9,408"),
        (999_999, "999,999"),
        (25_557_032, "25.6 M"),
        (4_089_184_256, "4.09 G"),
    ],
)
def test_short(value: int, text: str) -> None:
    assert short(value) == text


@pytest.mark.parametrize(("value", "text"), [(4_000, "4.00 kB"), (3_211_264, "3.21 MB"), (3_150_000_000, "3150 MB")])
def test_megabytes(value: int, text: str) -> None:
    assert megabytes(value) == text


@pytest.mark.parametrize(("part", "text"), [(0, "0 %"), (1, "0.1 %"), (512, "51.2 %"), (1000, "100.0 %")])
def test_percent(part: int, text: str) -> None:
    assert percent(part, 1000) == text


def test_a_share_of_nothing() -> None:
    assert percent(0, 0) == "0 %"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.1776, "1.18"),
        (0.05, "0.05"),
        (1.0, "1"),
        (120.4, "120"),
        (3_664.0, "3,660"),
        (99_900.0, "99,900"),
        (7.62e6, "7.6 × 10⁶"),
        (2.8e-13, "2.8 × 10⁻¹³"),
    ],
)
def test_magnitude(value: float, text: str) -> None:
    assert magnitude(value) == text
