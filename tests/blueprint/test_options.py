"""Numbers and pairs, as PyTorch's own modules give them."""

from __future__ import annotations

import pytest
from torch import nn

from resnet_viz.blueprint.options import along_width


def test_a_number_or_the_last_of_a_pair() -> None:
    assert along_width(nn.Conv2d(1, 1, (3, 5)).kernel_size) == 5
    assert along_width(nn.MaxPool2d(2).kernel_size) == 2


@pytest.mark.parametrize("value", [None, "same", (), (1, "2"), 1.5])
def test_anything_else_is_named(value: object) -> None:
    with pytest.raises(TypeError, match="a number or a pair"):
        along_width(value)
