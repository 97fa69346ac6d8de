"""Starting values, against the plain logic of the recipe written out here."""

from __future__ import annotations

import pytest
import torch
from torch import nn
from torchvision.models.resnet import BasicBlock, Bottleneck, ResNet

from resnet_viz.training.data import TrainingError
from resnet_viz.training.models import ARCHS, build, network_of


def oracle(arch: str, seed: int, classes: int) -> dict[str, torch.Tensor]:
    """torchvision's ResNet, seeded; the plain twin has the same values and no projections."""
    depth = int(arch[-2:])
    torch.manual_seed(seed)
    block = Bottleneck if depth == 50 else BasicBlock
    model = ResNet(block, [2, 2, 2, 2] if depth == 18 else [3, 4, 6, 3], num_classes=classes)
    state = model.state_dict()
    return {k: v for k, v in state.items() if arch.startswith("residual") or "downsample" not in k}


@pytest.mark.parametrize("arch", ARCHS)
def test_starting_values(arch: str) -> None:
    model = build(arch, seed=3, classes=10)
    expected = oracle(arch, 3, 10)
    assert list(model.state_dict()) == list(expected)
    assert all(torch.equal(value, expected[name]) for name, value in model.state_dict().items())
    assert all(module.training for module in model.modules())


def test_batch_norm_scales_start_at_one() -> None:
    for arch in ("residual18", "plain18"):
        scales = [m.weight for m in build(arch).modules() if isinstance(m, nn.BatchNorm2d)]
        assert all((scale == 1).all() for scale in scales)


def test_names() -> None:
    assert network_of("residual50") == "resnet50"
    assert network_of("plain34") == "plain34"
    for wrong in ("resnet50", "residual101", ""):
        with pytest.raises(TrainingError, match="training_arch"):
            network_of(wrong)
