"""v1 beside v1.5: the same weights, the stride elsewhere."""

from __future__ import annotations

import pytest
import torch
from torch import nn
from torchvision.models.resnet import Bottleneck

from resnet_viz.networks.catalog import build
from resnet_viz.networks.residual import BottleneckV1


@pytest.mark.parametrize(("name", "strides"), [("resnet50", (1, 2, 1)), ("resnet50-v1", (2, 1, 1))])
def test_where_the_stride_is(name: str, strides: tuple[int, int, int]) -> None:
    model = build(name, device="meta")
    for stage in (2, 3, 4):
        first = model.get_submodule(f"layer{stage}.0")
        convs = [first.get_submodule(f"conv{number}") for number in (1, 2, 3)]
        assert tuple(conv.stride[0] for conv in convs) == strides  # type: ignore[index, union-attr]
        assert first.get_submodule("downsample.0").stride == (2, 2)
    kernels = [model.get_submodule(f"layer2.0.conv{number}").kernel_size for number in (1, 2, 3)]
    assert kernels == [(1, 1), (3, 3), (1, 1)]


def test_weights_of_one_load_into_the_other_and_give_another_answer() -> None:
    later, first = build("resnet50", classes=3), build("resnet50-v1", classes=3, seed=1)
    first.load_state_dict(later.state_dict())
    image = torch.randn(1, 3, 64, 64)
    with torch.inference_mode():
        assert not torch.allclose(first(image), later(image))


def test_without_a_stride_both_are_the_same() -> None:
    later, first = Bottleneck(16, 4).eval(), BottleneckV1(16, 4).eval()
    first.load_state_dict(later.state_dict())
    x = torch.randn(1, 16, 8, 8)
    assert torch.equal(later(x), first(x))


def test_v1_by_hand() -> None:
    """One output of a v1 block: every second pixel goes through the 1x1, and the 3x3 sees those neighbours."""
    projection = nn.Sequential(nn.Conv2d(1, 4, 1, 2, bias=False), nn.BatchNorm2d(4))
    block = BottleneckV1(1, 1, 2, projection).eval()
    for conv in (block.conv1, block.conv2, block.conv3, projection[0]):
        nn.init.ones_(conv.weight)
    for norm in (block.bn1, block.bn2, block.bn3, projection[1]):
        norm.eps = 0.0
    x = torch.arange(36.0).reshape(1, 1, 6, 6)
    # Rows and columns 0, 2, 4: their sum is 9 x 14 = 126 in the middle, to which the projection adds the pixel 14.
    assert block(x)[0, :, 1, 1].tolist() == [140.0] * 4
