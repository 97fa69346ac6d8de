"""Slim networks: as deep as asked for, the same starting values for both kinds, any batch norm."""

import pytest
import torch
from torch import nn
from torch.nn import functional

from resnet_viz.blueprint import read_blueprint
from resnet_viz.networks.catalog import build
from resnet_viz.networks.normalisation import normalised
from resnet_viz.networks.slim import DEPTHS, slim


@pytest.mark.parametrize("depth", [4, DEPTHS[0], DEPTHS[-1]])
def test_depth_is_what_was_asked_for(depth: int) -> None:
    with_shortcuts, without = (read_blueprint(slim(kind, depth), kind, 32) for kind in ("residual", "plain"))
    assert with_shortcuts.depth == without.depth == depth
    assert with_shortcuts.params == without.params
    assert {block.shortcut for block in with_shortcuts.blocks} == {"identity"}
    assert {block.shortcut for block in without.blocks} == {"none"}


def test_both_kinds_start_alike_and_from_the_seed_alone() -> None:
    state = torch.random.get_rng_state()
    one, other = slim("residual", 20).state_dict(), slim("plain", 20).state_dict()
    assert all(torch.equal(one[key], other[key]) for key in one) and one.keys() == other.keys()
    assert not torch.equal(one["conv1.weight"], slim("plain", 20, seed=1).state_dict()["conv1.weight"])
    assert torch.equal(state, torch.random.get_rng_state())
    assert float(one["layer1.3.conv2.weight"].std()) == pytest.approx((2 / (16 * 9)) ** 0.5, rel=0.05)


def test_no_such_depth() -> None:
    with pytest.raises(ValueError, match="21"):
        slim("plain", 21)


def test_batch_statistics_are_those_of_training() -> None:
    x = torch.randn(4, 3, 32, 32, generator=torch.Generator().manual_seed(1))
    model = normalised(build("resnet18"), "batch")
    assert not model.training
    with torch.no_grad():
        torch.testing.assert_close(model(x), build("resnet18").train()(x))


def test_without_batch_norm_the_rest_stays() -> None:
    x = torch.randn(1, 3, 32, 32, generator=torch.Generator().manual_seed(1))
    model = normalised(slim("residual", 4), "none")
    assert not any(isinstance(module, nn.BatchNorm2d) for module in model.modules())
    weights = dict(model.named_parameters())
    stem = functional.conv2d(x, weights["conv1.weight"], padding=1).relu()
    branch = functional.conv2d(stem, weights["layer1.0.conv1.weight"], padding=1).relu()
    out = (functional.conv2d(branch, weights["layer1.0.conv2.weight"], padding=1) + stem).relu().mean((2, 3))
    torch.testing.assert_close(model(x), out @ weights["fc.weight"].T + weights["fc.bias"])
