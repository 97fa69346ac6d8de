"""Gradients carried back from boundary to boundary, against autograd over the whole pass."""

from __future__ import annotations

import pytest
import torch

from resnet_viz.analysis import backward
from resnet_viz.analysis.backward import differentiable_logits, logit_gradients
from resnet_viz.analysis.gradients import gradients
from resnet_viz.errors import NetworkError
from resnet_viz.forward.run import compile_program, forward
from resnet_viz.networks.catalog import build, spec


@pytest.mark.parametrize("place", ["input", "layer1.0.add", "layer1.0", "layer2.0.downsample.1", "layer2.0.bn2", "fc"])
def test_at_places_of_a_residual_network(tiny, tiny_program, images, place: str) -> None:
    """Inside of a branch too: what goes around it starts before it and does not depend on it."""
    found = logit_gradients(tiny_program, forward(tiny_program, images[0]), 3, place)
    expected = gradients(tiny_program, images[0], 3, [place])[place]
    torch.testing.assert_close(found[place], expected)


def test_every_boundary_behind_the_place_comes_with_it(tiny_program, images) -> None:
    found = logit_gradients(tiny_program, forward(tiny_program, images[0]), 1, "input")
    assert found.keys() == {"input", *tiny_program.boundaries}
    for place, expected in gradients(tiny_program, images[0], 1, found).items():
        torch.testing.assert_close(found[place], expected)
    behind = logit_gradients(tiny_program, forward(tiny_program, images[0]), 1, "layer2.0.conv1")
    assert "layer1.0.add" not in behind and "layer2.0.add" in behind


@pytest.mark.parametrize("network", ["resnet18", "plain18", "googlenet", "alexnet", "lenet5"])
def test_every_kind_of_network(network: str) -> None:
    size = max(spec(network).min_size, 32)
    program = compile_program(build(network, classes=5), network)
    x = torch.randn(1, spec(network).channels, size, size, generator=torch.Generator().manual_seed(0))
    found = logit_gradients(program, forward(program, x), 2, "input")["input"]
    torch.testing.assert_close(found, gradients(program, x, 2, ["input"])["input"], rtol=1e-4, atol=1e-7)


@pytest.mark.parametrize("at_once", [0, 10**9])
def test_logits_that_autograd_differentiates(tiny, tiny_program, images, monkeypatch, at_once: int) -> None:
    monkeypatch.setattr(backward, "AT_ONCE", at_once)
    x = torch.cat(images[:3]).requires_grad_()
    y = torch.cat(images[:3]).requires_grad_()
    found, expected = differentiable_logits(tiny_program, x), tiny(y)
    torch.testing.assert_close(found, expected)
    seed = torch.randn(3, 5, generator=torch.Generator().manual_seed(0))
    torch.testing.assert_close(torch.autograd.grad(found, x, seed)[0], torch.autograd.grad(expected, y, seed)[0])
    assert all(parameter.grad is None for parameter in tiny.parameters())


def test_what_the_pass_kept_stays_as_it_is(tiny_program, images) -> None:
    kept = forward(tiny_program, images[0])
    before = {place: tensor.clone() for place, tensor in kept.kept.items()}
    logit_gradients(tiny_program, kept, 0, "input")
    assert all(torch.equal(before[place], tensor) for place, tensor in kept.kept.items())


def test_an_unknown_place(tiny_program, images) -> None:
    with pytest.raises(NetworkError, match="unknown_place"):
        logit_gradients(tiny_program, forward(tiny_program, images[0]), 0, "layer9")
