"""First-order shares against autograd over the whole module, and against the change of the logit itself."""

from __future__ import annotations

import pytest
import torch

from resnet_viz.analysis.logit_shares import as_csv, logit_shares
from resnet_viz.blueprint import read_blueprint
from resnet_viz.forward.run import forward

CLASS = 3


def parts_of(tiny, image):
    """F, shortcut and sum of both blocks, and the logits, all in one graph; F of each scaled by what `scale` says."""
    scale = torch.ones(2, 2, dtype=torch.float64, requires_grad=True)
    x = tiny.relu(tiny.bn1(tiny.conv1(image)))
    sums = []
    for number, block in enumerate((tiny.layer1[0], tiny.layer2[0])):
        f = block.bn2(block.conv2(torch.relu(block.bn1(block.conv1(x)))))
        shortcut = block.downsample(x) if block.downsample is not None else x
        sums.append((f, shortcut))
        x = torch.relu(scale[number, 0] * f + scale[number, 1] * shortcut)
    return scale, sums, tiny.fc(torch.flatten(tiny.avgpool(x), 1))


@pytest.fixture
def found(tiny, tiny_program, images):
    plan = read_blueprint(tiny, "tiny", 16)
    return logit_shares(tiny_program, plan, forward(tiny_program, images[0]), CLASS)


def test_shares_are_the_slopes_of_the_logit(tiny, images, found) -> None:
    """Scaling F by 1 + e changes the logit by e times its share: the derivative by that factor, at 1."""
    model = tiny.double()
    for module in model.modules():
        if hasattr(module, "inplace"):
            module.inplace = False
    scale, _, logits = parts_of(model, images[0].double())
    slopes = torch.autograd.grad(logits[0, CLASS], scale)[0]
    assert [row.block for row in found] == ["layer1.0", "layer2.0"]
    for row, (branch, shortcut) in zip(found, slopes.tolist(), strict=True):
        assert row.branch == pytest.approx(branch, rel=1e-4, abs=1e-6)
        assert row.shortcut == pytest.approx(shortcut, rel=1e-4, abs=1e-6)


def test_the_last_sum_gives_the_logit_without_its_bias(tiny, images, found) -> None:
    """Behind the last sum come a ReLU, a mean and a matrix, which keep scale: both parts add up to logit - bias."""
    with torch.no_grad():
        logit = tiny(images[0].clone())[0, CLASS] - tiny.fc.bias[CLASS]
    assert found[-1].branch + found[-1].shortcut == pytest.approx(float(logit), rel=1e-4)


def test_it_can_be_stopped_and_says_how_far_it_is(tiny, tiny_program, images) -> None:
    plan, kept = read_blueprint(tiny, "tiny", 16), forward(tiny_program, images[0])
    told = []

    def go_on(done: int, total: int) -> bool:
        told.append((done, total))
        return done < 1

    assert logit_shares(tiny_program, plan, kept, CLASS, go_on) is None
    assert told == [(0, 2), (1, 2)]


def test_csv(found) -> None:
    lines = as_csv(found).splitlines()
    assert lines[0] == "block,branch,shortcut" and len(lines) == 3
    assert float(lines[1].split(",")[1]) == found[0].branch
