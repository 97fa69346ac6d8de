"""Attributions to pixels against captum, and against sums done by hand."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from captum.attr import NoiseTunnel, Saliency

from resnet_viz.analysis.attributions import NOISE, integrated_gradients, saliency, smooth_grad
from resnet_viz.analysis.gradients import gradients
from resnet_viz.forward.run import forward

CLASS = 2


def close(found: np.ndarray, expected: torch.Tensor, tolerance: float = 1e-5) -> None:
    largest = float(expected.abs().max())
    assert largest > 0 and np.abs(found - expected.detach().numpy()).max() <= tolerance * largest


def test_saliency_against_captum(tiny, tiny_program, images) -> None:
    found = saliency(tiny_program, forward(tiny_program, images[0]), CLASS)
    theirs = Saliency(tiny).attribute(images[0].clone().requires_grad_(), target=CLASS)
    close(found.values, theirs.amax(1)[0])
    assert found.place == "input" and not found.signed and found.low >= 0


def test_smoothgrad_by_hand(tiny_program, images) -> None:
    """Gradients at three noisy copies, averaged with their signs before the largest colour is taken."""
    x = images[1]
    random = torch.Generator().manual_seed(7)
    noisy = [x + NOISE * (x.max() - x.min()) * torch.randn(x.shape, generator=random) for _ in range(3)]
    mean = sum(gradients(tiny_program, copy, CLASS, ["input"])["input"] for copy in noisy) / 3
    found = smooth_grad(tiny_program, x, CLASS, 3, seed=7)
    assert found is not None
    close(found.values, mean.abs().amax(1)[0])


def test_smoothgrad_has_the_spread_of_captums(tiny, tiny_program, images) -> None:
    """Other noise of the same spread: with many samples both come to the same mean."""
    x = images[0]
    torch.manual_seed(0)
    theirs = NoiseTunnel(Saliency(tiny)).attribute(
        x.clone().requires_grad_(),
        nt_type="smoothgrad",
        nt_samples=400,
        nt_samples_batch_size=100,
        stdevs=NOISE * float(x.max() - x.min()),
        abs=False,
        target=CLASS,
    )
    found = smooth_grad(tiny_program, x, CLASS, 400)
    assert found is not None
    alike = np.corrcoef(found.values.ravel(), theirs.abs().amax(1)[0].ravel().numpy())[0, 1]
    assert alike > 0.98


def test_integrated_gradients_by_hand(tiny_program, images) -> None:
    """captum's quadrature is Gauss and Legendre's, on the line from the baseline to the image."""
    x, baseline = images[2], torch.full_like(images[2], -1.5)
    nodes, weights = np.polynomial.legendre.leggauss(6)
    total = torch.zeros_like(x)
    for node, weight in zip(nodes, weights, strict=True):
        between = baseline + (node + 1) / 2 * (x - baseline)
        total += weight / 2 * gradients(tiny_program, between.float(), CLASS, ["input"])["input"]
    found = integrated_gradients(tiny_program, x, baseline, CLASS, 6)
    assert found is not None
    close(found.heatmap.values, ((x - baseline) * total).sum(1)[0])


def test_integrated_gradients_add_up(tiny, tiny_program, images) -> None:
    x, baseline = images[3], torch.zeros_like(images[3])
    found = integrated_gradients(tiny_program, x, baseline, CLASS, 64)
    assert found is not None and found.heatmap.signed and found.steps == 64
    with torch.no_grad():
        rise = float(tiny(x)[0, CLASS] - tiny(baseline)[0, CLASS])
    assert found.rise == pytest.approx(rise, rel=1e-4)
    assert found.total == pytest.approx(float(found.heatmap.values.sum()), rel=1e-4)
    assert found.gap == pytest.approx(abs(found.total - rise) / abs(rise), rel=1e-3)
    assert found.gap < 0.02
    fewer = integrated_gradients(tiny_program, x, baseline, CLASS, 2)
    assert fewer is not None and fewer.gap > found.gap


def test_nothing_to_explain(tiny_program, images) -> None:
    found = integrated_gradients(tiny_program, images[0], images[0], CLASS, 4)
    assert found is not None
    assert (found.total, found.rise) == (0, 0) and np.isnan(found.gap) and not found.heatmap.values.any()


def test_both_stop_when_told_to_and_say_how_far_they_are(tiny_program, images) -> None:
    seen: list[tuple[int, int]] = []

    def until_two(done: int, total: int) -> bool:
        seen.append((done, total))
        return done < 2

    x = images[0]
    assert smooth_grad(tiny_program, x, CLASS, 5, go_on=until_two) is None
    assert integrated_gradients(tiny_program, x, torch.zeros_like(x), CLASS, 5, go_on=until_two) is None
    assert seen == [(1, 5), (2, 5), (1, 5), (2, 5)]


def test_the_image_and_the_model_stay_as_they_are(tiny, tiny_program, images) -> None:
    x = images[0]
    before = x.clone()
    smooth_grad(tiny_program, x, CLASS, 2)
    integrated_gradients(tiny_program, x, torch.zeros_like(x), CLASS, 2)
    assert torch.equal(x, before) and not x.requires_grad
    assert not any(module._forward_hooks or module._backward_hooks for module in tiny.modules())
    assert all(parameter.grad is None for parameter in tiny.parameters())
