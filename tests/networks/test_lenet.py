"""LeNet-5, against the arithmetic of its paper."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional

from resnet_viz.networks.catalog import build


def test_parameters_by_hand() -> None:
    counts = {name: sum(p.numel() for p in layer.parameters()) for name, layer in build("lenet5").named_children()}
    assert {name: count for name, count in counts.items() if count} == {
        "c1": 6 * (5 * 5 + 1),
        "c3": 16 * (6 * 5 * 5 + 1),
        "c5": 120 * (16 * 5 * 5 + 1),
        "f6": 84 * (120 + 1),
        "output": 10 * (84 + 1),
    }
    assert sum(counts.values()) == 61_706


def test_it_computes_what_its_paper_says() -> None:
    model = build("lenet5")
    w = model.state_dict()
    x = image = torch.randn(2, 1, 32, 32)
    for name in ("c1", "c3"):
        x = functional.avg_pool2d(torch.tanh(functional.conv2d(x, w[f"{name}.weight"], w[f"{name}.bias"])), 2)
    x = torch.tanh(x.flatten(1) @ w["c5.weight"].flatten(1).T + w["c5.bias"])
    x = torch.tanh(x @ w["f6.weight"].T + w["f6.bias"])
    x = x @ w["output.weight"].T + w["output.bias"]
    assert torch.allclose(model(image), x, atol=1e-6)
    assert not [module for module in model.modules() if isinstance(module, nn.ReLU)]
