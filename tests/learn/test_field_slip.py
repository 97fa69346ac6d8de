"""Slips on the way to a receptive field, worked out by hand for the stem of ResNet-50 and the block behind it."""

from __future__ import annotations

import pytest

from resnet_viz.learn.field_slip import Slip, field_slip
from resnet_viz.learn.plans import plan


@pytest.mark.parametrize(
    ("typed", "slip"),
    [
        ("11", "no_steps"),  # 1 + 6 + 2 + 2
        ("29", "own_stride"),  # 1 + 6 * 2 + 2 * 4 + 2 * 4
        ("18", "no_pixel"),  # 0 + 6 + 2 * 2 + 2 * 4
        ("11 px", "no_steps"),
        ("19", None),  # 1 + 6 + 2 * 2 + 2 * 4, which is right
        ("1234", None),
        ("wide", None),
    ],
)
def test_a_wrong_field_tells_what_was_left_out(typed: str, slip: Slip | None) -> None:
    assert field_slip(plan(), "layer1.0.conv2", typed) == slip


def test_the_last_window_may_be_left_out() -> None:
    assert plan().layer("layer1.0.conv2").receptive_field == 19
    assert field_slip(plan(), "layer1.1.conv2", "19") == "one_short"
    assert field_slip(plan(), "layer1.1.conv3", "19") == "one_short"
