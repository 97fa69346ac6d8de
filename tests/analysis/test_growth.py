"""Norms of blocks against the modules themselves."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor

from resnet_viz.analysis.growth import as_csv, change, growth
from resnet_viz.blueprint import read_blueprint
from resnet_viz.forward.run import compile_program, forward
from resnet_viz.networks.catalog import build


def rms(tensor: Tensor) -> float:
    return float(tensor.detach().square().mean().sqrt())


def test_a_residual_network_block_by_block(tiny, tiny_program, images) -> None:
    plan = read_blueprint(tiny, "tiny", 16)
    found = growth(tiny_program, plan, forward(tiny_program, images[0]))
    x = tiny.relu(tiny.bn1(tiny.conv1(images[0])))
    for row, block in zip(found, (tiny.layer1[0], tiny.layer2[0]), strict=True):
        branch = block.bn2(block.conv2(block.bn1(block.conv1(x)).relu()))
        shortcut = block.downsample(x) if block.downsample is not None else x
        assert row.branch == pytest.approx(rms(branch), rel=1e-5)
        assert row.shortcut == pytest.approx(rms(shortcut), rel=1e-5)
        assert row.share == pytest.approx(rms(branch) / rms(shortcut), rel=1e-5)
        cosine = torch.nn.functional.cosine_similarity(branch.flatten(), shortcut.flatten(), 0)
        assert row.cosine == pytest.approx(float(cosine.detach()), rel=1e-4)
        x = block(x)
        assert row.output == pytest.approx(rms(x), rel=1e-5)
    assert change(found) == pytest.approx(found[1].output / found[0].output)


def test_a_plain_network_has_no_shortcut() -> None:
    model = build("plain18", classes=5)
    plan = read_blueprint(model, "plain18", 32)
    program = compile_program(model, plan)
    x = torch.randn(1, 3, 32, 32, generator=torch.Generator().manual_seed(0))
    found = growth(program, plan, forward(program, x))
    assert [row.block for row in found] == [f"layer{s}.{b}" for s in range(1, 5) for b in range(2)]
    assert all(row.shortcut is None and row.share is None and row.cosine is None for row in found)
    through = model.layer1(model.maxpool(model.relu(model.bn1(model.conv1(x)))))
    assert found[1].output == pytest.approx(rms(through), rel=1e-5)
    # A ReLU of values around zero leaves about half of their squares.
    assert all(0 < row.output < row.branch for row in found)


def test_it_ends_where_it_is_not_to_go_on(tiny, tiny_program, images) -> None:
    kept = forward(tiny_program, images[0])
    found = growth(tiny_program, read_blueprint(tiny, "tiny", 16), kept, lambda done, total: False)
    assert [row.block for row in found] == ["layer1.0"]


def test_nothing_to_compare() -> None:
    assert math.isnan(change(()))


def test_csv(tiny, tiny_program, images) -> None:
    found = growth(tiny_program, read_blueprint(tiny, "tiny", 16), forward(tiny_program, images[0]))
    lines = as_csv([("tiny", found)]).splitlines()
    assert lines[0].count(",") == lines[1].count(",") == 5
    assert float(lines[2].split(",")[2]) == found[1].output
