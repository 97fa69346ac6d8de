"""Statistics by hand, influences against the logit that they add up to and against autograd on the module."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from resnet_viz.analysis.channels import as_csv, influence, ranking, statistics
from resnet_viz.forward.run import compile_program, forward, value
from resnet_viz.networks.catalog import build


def test_statistics_by_hand() -> None:
    tensor = torch.tensor([[[[0.0, 0.0], [4.0, 8.0]], [[0.0, 0.0], [0.0, 0.0]], [[-1.0, 1.0], [-1.0, 1.0]]]])
    found = statistics(tensor)
    assert found.mean.tolist() == [3.0, 0.0, 0.0]
    assert found.smallest.tolist() == [0.0, 0.0, -1.0]
    assert found.largest.tolist() == [8.0, 0.0, 1.0]
    assert found.variance.tolist() == [11.0, 0.0, 1.0]
    assert found.zeros.tolist() == [0.5, 1.0, 0.0]
    assert found.dead.tolist() == [False, True, False]


def test_influences_at_the_last_stage_add_up_to_the_logit(tiny, tiny_program, images) -> None:
    """Behind it are a mean and a linear layer: the logit is the sum of what channels add, and the bias."""
    kept = forward(tiny_program, images[0])
    found = influence(tiny_program, kept, "layer2.0", 3)
    assert found.shape == (16,)
    assert found.sum() + float(tiny.fc.bias[3].detach()) == pytest.approx(float(kept.logits[3]), rel=1e-5)
    mean = value(tiny_program, kept, "layer2.0")[0].mean((1, 2))
    np.testing.assert_allclose(found, (mean * tiny.fc.weight[3]).detach().numpy(), rtol=1e-4, atol=1e-7)


def test_influence_against_autograd() -> None:
    model = build("resnet18", classes=7)
    x = torch.randn(1, 3, 64, 64, generator=torch.Generator().manual_seed(4))
    program = compile_program(model, "resnet18")
    early = model.layer1(model.maxpool(model.relu(model.bn1(model.conv1(x))))).detach().requires_grad_()
    logits = model.fc(model.avgpool(model.layer4(model.layer3(model.layer2(early)))).flatten(1))
    (gradient,) = torch.autograd.grad(logits[0, 2], early)
    expected = (gradient * early)[0].sum((1, 2)).detach().numpy()
    np.testing.assert_allclose(influence(program, forward(program, x), "stage1", 2), expected, rtol=1e-3, atol=1e-6)


def test_a_ranking_keeps_equals_in_order_and_puts_no_number_last() -> None:
    numbers = np.array([1.0, 3.0, np.nan, 3.0, -2.0])
    assert ranking(numbers) == (1, 3, 0, 4, 2)
    assert ranking(numbers, lowest_first=True) == (4, 0, 1, 3, 2)


def test_the_table_keeps_every_digit() -> None:
    tensor = torch.rand(1, 5, 3, 4)
    found = statistics(tensor)
    lines = [line.split(",") for line in as_csv(found, found.mean * 2).splitlines()]
    assert lines[0] == ["channel", "mean", "smallest", "largest", "variance", "zero_share", "influence"]
    assert [float(line[1]) for line in lines[1:]] == found.mean.tolist()
    assert [float(line[6]) for line in lines[1:]] == (found.mean * 2).tolist()
    assert as_csv(found).splitlines()[1].endswith(",")
