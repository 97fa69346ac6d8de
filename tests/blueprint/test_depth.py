"""Depth as papers count it, and why counting modules is not that."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from torch import Tensor, nn

from resnet_viz.blueprint import read_blueprint
from resnet_viz.networks.catalog import NETWORKS
from resnet_viz.records import Blueprint


@pytest.mark.parametrize(
    ("name", "depth"),
    [("lenet5", 5), ("alexnet", 8), ("vgg16", 16), ("vgg19", 19), ("googlenet", 22)],
)
def test_depths_that_papers_give(name: str, depth: int, plan_of: Callable[..., Blueprint]) -> None:
    assert plan_of(name).depth == depth


@pytest.mark.parametrize("name", [name for name in NETWORKS if name.startswith(("resnet", "plain"))])
def test_a_resnets_number_is_its_depth(name: str, plan_of: Callable[..., Blueprint]) -> None:
    number = name.removeprefix("resnet").removeprefix("plain").removesuffix("-v1")
    assert plan_of(name).depth == int(number)


def test_all_weighted_modules_are_more_than_the_depth(plan_of: Callable[..., Blueprint]) -> None:
    def weighted(name: str) -> int:
        return sum(layer.kind in ("conv", "linear") for layer in plan_of(name).layers)

    assert weighted("resnet50") == 54
    assert weighted("googlenet") == 58


def test_the_longest_path_counts_by_hand() -> None:
    class Forked(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.long = nn.Sequential(nn.Conv2d(3, 3, 1), nn.BatchNorm2d(3), nn.Conv2d(3, 3, 1))
            self.short = nn.Conv2d(3, 3, 1)

        def forward(self, x: Tensor) -> Tensor:
            return self.long(x) + self.short(x)  # type: ignore[no-any-return]

    assert read_blueprint(Forked().eval(), "forked", 4).depth == 2
