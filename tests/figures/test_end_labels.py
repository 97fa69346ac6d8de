"""Labels in a column: as near their own heights as can be, apart and within the range."""

from __future__ import annotations

import pytest

from resnet_viz.figures.end_labels import spread, width


@pytest.mark.parametrize(
    ("heights", "placed"),
    [
        ([], []),
        ([0.5], [0.5]),
        ([0.2, 0.8], [0.2, 0.8]),  # far enough apart
        ([0.5, 0.5], [0.45, 0.55]),  # both give way
        ([0.8, 0.2, 0.2], [0.8, 0.15, 0.25]),  # in the order given
        ([0.0, 0.0, 0.9], [0.0, 0.1, 0.9]),  # not below the range
        ([1.0, 1.0, 1.0], [0.8, 0.9, 1.0]),  # nor above
        ([-5.0, 5.0], [0.0, 1.0]),
        ([0.5, 0.58, 0.66], [0.48, 0.58, 0.68]),  # a chain of three
    ],
)
def test_labels_are_moved_as_little_as_can_be(heights: list[float], placed: list[float]) -> None:
    assert spread(heights, 0.1, 0.0, 1.0) == pytest.approx(placed)


def test_too_many_are_refused() -> None:
    with pytest.raises(ValueError, match=r"12 labels 0\.1 apart do not fit between 0 and 1"):
        spread([0.5] * 12, 0.1, 0.0, 1.0)


def test_a_chinese_label_is_wider_than_as_many_letters() -> None:
    assert width("归一化") > width("abc") > 0
