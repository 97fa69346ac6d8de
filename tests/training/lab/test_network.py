"""The lab's networks against arithmetic by hand and against PyTorch."""

import pytest
import torch
from torch import nn

from resnet_viz.training.lab.digits import digits
from resnet_viz.training.lab.network import Pair, build, recompute_statistics
from resnet_viz.training.lab.settings import DEPTHS, KINDS, Settings


@pytest.mark.parametrize("depth", DEPTHS)
def test_depth_counts_weighted_layers(depth: int) -> None:
    model = build(Settings("residual", depth, width=8))
    assert sum(isinstance(module, nn.Conv2d | nn.Linear) for module in model.modules()) == depth


def test_parameters_are_those_of_the_formula() -> None:
    # Stem 9 C, pairs 2 x 9 C^2, a batch norm of 2 C behind each convolution, classifier 10 C + 10.
    expected = 9 * 16 + 18 * 9 * 16**2 + 19 * 2 * 16 + 10 * 16 + 10
    for kind in KINDS:
        assert sum(p.numel() for p in build(Settings(kind, 20)).parameters()) == expected


def test_twins_start_from_the_same_values_and_differ_by_the_shortcut_alone() -> None:
    residual, plain = build(Settings("residual", 8)), build(Settings("plain", 8))
    assert all(torch.equal(a, b) for a, b in zip(residual.parameters(), plain.parameters(), strict=True))
    other = build(Settings("plain", 8, seed=1))
    assert not torch.equal(plain.conv1.weight, other.conv1.weight)
    x = torch.rand(4, 16, 8, 8)
    with_it, without = residual.pairs[0], plain.pairs[0]
    assert isinstance(with_it, Pair) and isinstance(without, Pair)
    inside = without.bn2(without.conv2(torch.relu(without.bn1(without.conv1(x)))))
    assert torch.equal(without(x), torch.relu(inside))
    assert torch.equal(with_it(x), torch.relu(inside + x))


def test_initialisation_is_hes() -> None:
    weights = build(Settings("plain", 56, width=32)).pairs[3].conv1.weight
    assert weights.std().item() == pytest.approx((2 / (9 * 32)) ** 0.5, rel=0.03)


def test_without_batch_norm_there_is_none() -> None:
    model = build(Settings("plain", 8, norm="none"))
    assert not any(isinstance(module, nn.BatchNorm2d) for module in model.modules())
    before = [p.clone() for p in model.parameters()]
    recompute_statistics(model, torch.rand(8, 1, 8, 8))
    assert all(torch.equal(a, b) for a, b in zip(before, model.parameters(), strict=True))


def test_statistics_are_those_of_the_images() -> None:
    model, images = build(Settings("residual", 8)), digits()[0].images[:100]
    momentum = model.bn1.momentum
    recompute_statistics(model, images)
    out = model.conv1(images)
    assert torch.allclose(model.bn1.running_mean, out.mean((0, 2, 3)), atol=1e-5)
    assert torch.allclose(model.bn1.running_var, out.var((0, 2, 3)), rtol=1e-3)
    assert model.bn1.momentum == momentum
