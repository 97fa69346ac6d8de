"""A block taken apart, against the module itself, step by step."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn import functional

from resnet_viz.analysis.dissection import dissect, dissected_blocks, norms, positions, shortcut_place
from resnet_viz.blueprint import blueprint, read_blueprint
from resnet_viz.errors import NetworkError
from resnet_viz.forward.run import compile_program, forward
from resnet_viz.networks.catalog import build

SIZE = 40


def ready(network: str):
    model = build(network, classes=7, seed=1)
    torch.manual_seed(0)
    for module in model.modules():  # statistics that make batch norm do something, and shift it
        if isinstance(module, torch.nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.2)
            module.running_var.uniform_(0.5, 1.5)
            module.weight.data.uniform_(0.5, 1.5)
            module.bias.data.normal_(0, 0.3)
    plan = read_blueprint(model, network, SIZE)
    program = compile_program(model, plan)
    return model, plan, program, forward(program, torch.randn(1, 3, SIZE, SIZE))


def test_every_block_of_resnet50_step_by_step() -> None:
    model, plan, program, kept = ready("resnet50")
    with torch.no_grad():
        x = model.maxpool(model.relu(model.bn1(model.conv1(kept.kept["input"]))))
        for record in dissected_blocks(plan):
            block = model.get_submodule(record.name)
            found = dissect(program, plan, kept, record.name)
            steps = [block.conv1, block.bn1, torch.relu, block.conv2, block.bn2, torch.relu, block.conv3, block.bn3]
            shortcut = block.downsample(x) if block.downsample is not None else x
            assert torch.equal(found.values[record.source], x)
            for place, step in zip(record.branch, steps, strict=True):
                x = step(x)
                assert torch.equal(found.values[place], x)
            assert torch.equal(found.branch, x) and torch.equal(found.shortcut, shortcut)
            assert torch.equal(found.values[found.sum], x + shortcut)
            x = torch.relu(x + shortcut)
            assert torch.equal(found.values[record.output], x)
            assert found.error == 0.0


def test_a_wrong_branch_would_show_in_the_error() -> None:
    _, plan, program, kept = ready("resnet18")
    broken = dict(kept.kept)
    broken["layer2.0.add"] = broken["layer2.0.add"] + 0.5
    found = dissect(program, plan, type(kept)(broken, kept.logits, kept.nbytes), "layer2.0")
    assert found.error == pytest.approx(0.5, rel=1e-4)


def test_a_plain_block_has_no_shortcut() -> None:
    _, plan, program, kept = ready("plain18")
    found = dissect(program, plan, kept, "layer2.0")
    assert found.shortcut is None and shortcut_place(found.block) is None
    assert found.sum == found.block.branch[-1] and found.error == 0.0
    assert torch.equal(found.values[found.block.output], found.branch.relu())


def test_norms_and_cosine() -> None:
    torch.manual_seed(0)
    f, s = torch.randn(1, 5, 3, 4), torch.randn(1, 5, 3, 4)
    found = norms(f, s)
    assert found.branch == pytest.approx(float(f.norm()), rel=1e-5)
    assert found.ratio == pytest.approx(float(f.norm() / s.norm()), rel=1e-5)
    assert found.cosine == pytest.approx(float(functional.cosine_similarity(f.flatten(), s.flatten(), 0)), rel=1e-4)
    cells = positions(f, s)
    assert np.allclose(cells.cosine, functional.cosine_similarity(f, s, 1)[0].numpy(), rtol=1e-4)
    assert np.allclose(cells.ratio, (f.norm(dim=1) / s.norm(dim=1))[0].numpy(), rtol=1e-5)
    assert float(np.square(cells.branch).sum()) == pytest.approx(found.branch**2)
    assert float(np.square(cells.shortcut).sum()) == pytest.approx(found.shortcut**2)


def test_what_has_no_direction_has_no_cosine() -> None:
    f, s = torch.ones(1, 2, 1, 2), torch.zeros(1, 2, 1, 2)
    s[0, :, 0, 1] = 2.0
    cells = positions(f, s)
    assert np.isnan(cells.ratio[0, 0]) and np.isnan(cells.cosine[0, 0])
    assert cells.ratio[0, 1] == pytest.approx(0.5) and cells.cosine[0, 1] == pytest.approx(1.0)
    assert np.isnan(norms(f, torch.zeros_like(f)).ratio)


def test_what_cannot_be_taken_apart() -> None:
    assert dissected_blocks(blueprint("googlenet", 64)) == dissected_blocks(blueprint("vgg16", 64)) == ()
    _, plan, program, kept = ready("resnet18")
    with pytest.raises(NetworkError):
        dissect(program, plan, kept, "layer2")
