"""Gradients by length of path: against PyTorch's own gradient, against paths walked one at a time, and by hand."""

from __future__ import annotations

import copy
import itertools
import math

import pytest
import torch
from torch import Tensor, nn

from resnet_viz.analysis.gradients import gradients
from resnet_viz.analysis.paths import PathLength, Unravelled, as_csv, unravel
from resnet_viz.blueprint import blueprint, read_blueprint
from resnet_viz.forward.run import compile_program
from resnet_viz.networks.catalog import build
from resnet_viz.records import INPUT


def unravelled(model: nn.Module, x: Tensor, score: int = 3) -> Unravelled:
    plan = read_blueprint(model, "tiny", x.shape[-1])
    return unravel(compile_program(model, plan), plan, x, score)


def one_path(model: nn.Module, taken: tuple[bool, bool], x: Tensor) -> Tensor:
    """Logits whose gradient is that of one path: what the path leaves out is there, but as a constant."""
    h = model.relu(model.bn1(model.conv1(x)))
    for block, through in zip((model.layer1[0], model.layer2[0]), taken, strict=True):
        branch = block.bn2(block.conv2(torch.relu(block.bn1(block.conv1(h)))))
        shortcut = h if block.downsample is None else block.downsample(h)
        h = torch.relu(branch + shortcut.detach() if through else branch.detach() + shortcut)
    return model.fc(torch.flatten(model.avgpool(h), 1))


def test_each_length_is_the_sum_of_its_paths(tiny, images) -> None:
    """Two blocks have four paths, each walked alone in float64."""
    model = copy.deepcopy(tiny).double()
    for module in model.modules():
        if isinstance(module, nn.ReLU):
            module.inplace = False
    x = images[0].double()
    expected = [torch.zeros_like(x) for _ in range(3)]
    for taken in itertools.product((False, True), repeat=2):
        leaf = x.clone().requires_grad_()
        expected[sum(taken)] += torch.autograd.grad(one_path(model, taken, leaf)[0, 3], leaf)[0]
    whole = sum(expected)
    found = unravelled(model, x)
    assert [row.paths for row in found.lengths] == [1, 2, 1]
    for row, part in zip(found.lengths, expected, strict=True):
        assert row.norm == pytest.approx(float(part.norm()), rel=1e-12)
        assert row.share == pytest.approx(float((part * whole).sum() / (whole * whole).sum()), rel=1e-9)
    assert found.norm == pytest.approx(float(whole.norm()), rel=1e-12)
    assert found.gap < 1e-14


@pytest.mark.parametrize("network", ["resnet18", "resnet50"])
def test_the_lengths_add_up_to_the_ordinary_gradient(network: str) -> None:
    model = build(network).double()
    x = torch.randn(1, 3, 32, 32, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    plan, program = blueprint(network, 32), compile_program(model, network)
    done: list[tuple[int, int]] = []
    found = unravel(program, plan, x, 7, lambda *now: done.append(now))
    blocks = len(plan.blocks)
    assert found.gap < 1e-12
    assert found.norm == pytest.approx(float(gradients(program, x, 7, [INPUT])[INPUT].norm()), rel=1e-12)
    assert sum(row.share for row in found.lengths) == pytest.approx(1, abs=1e-9)
    assert [row.paths for row in found.lengths] == [math.comb(blocks, k) for k in range(blocks + 1)]
    assert found.blocks == blocks and found.paths == 2**blocks and found.mean_length == blocks / 2
    assert done == [(i, blocks) for i in range(1, blocks + 1)]


def test_a_plain_network_is_one_path() -> None:
    program = compile_program(build("plain18"), "plain18")
    x = torch.randn(1, 3, 32, 32, generator=torch.Generator().manual_seed(0))
    found = unravel(program, blueprint("plain18", 32), x, 0)
    assert [(row.length, row.paths) for row in found.lengths] == [(0, 1)]
    assert found.lengths[0].share == pytest.approx(1) and found.gap < 1e-5


def test_a_branch_that_is_dead_carries_nothing(tiny, images) -> None:
    model = copy.deepcopy(tiny)
    nn.init.zeros_(model.layer1[0].bn2.weight)
    found = unravelled(model, images[0])
    assert found.lengths[2].norm == 0
    assert found.lengths[1].norm > 0


def by_hand() -> Unravelled:
    rows = [(1, 4.0, 0.45), (3, 5.0, 0.5), (3, 1.0, 0.15), (1, 0.5, -0.1)]
    return Unravelled(tuple(PathLength(i, *row) for i, row in enumerate(rows)), 8.0, 0.0)


def test_summaries_by_hand() -> None:
    found = by_hand()
    assert found.mean_length == 1.5
    assert found.mean_length_of_gradient == pytest.approx(0.5 + 0.3 - 0.3)
    assert found.against == pytest.approx(0.1)
    assert found.carrying(0.5) == (1, 1)
    assert found.carrying(0.9) == (0, 1)
    assert found.carrying(1.0) == (0, 2)
    assert found.carrying(2.0) == (0, 3)
    assert found.share_of_paths((0, 1)) == 0.5
    assert found.lengths[1].norm_per_path == pytest.approx(5 / 3)


def test_csv_holds_every_digit() -> None:
    lines = as_csv(by_hand()).splitlines()
    assert lines[0].split(",")[0] == "branches" and len(lines) == 5
    assert float(lines[2].split(",")[3]) == 5 / 3


def test_a_shared_model_stays_as_it_was(tiny, tiny_program, images) -> None:
    before = {name: value.clone() for name, value in tiny.state_dict().items()}
    plan = read_blueprint(tiny, "tiny", 16)
    with torch.inference_mode():
        unravel(tiny_program, plan, images[0], 0)
    assert all(torch.equal(before[name], value) for name, value in tiny.state_dict().items())
    assert all(parameter.grad is None and parameter.requires_grad for parameter in tiny.parameters())
