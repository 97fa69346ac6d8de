"""Grad-CAM by hand, against autograd on the module, and at places that shortcuts go around."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from resnet_viz.analysis.class_maps import METHODS, class_map, class_maps, grad_cam
from resnet_viz.errors import NetworkError
from resnet_viz.forward.run import compile_program, forward, value
from resnet_viz.networks.catalog import build


def by_hooks(model: nn.Module, module: str, x: Tensor, class_index: int) -> np.ndarray:
    """Grad-CAM as its authors' code has it: a hook keeps the output, autograd differentiates the whole pass."""
    kept: list[Tensor] = []

    def keep(_module: nn.Module, _inputs: object, output: Tensor) -> Tensor:
        kept.append(output)
        return output.clone()  # `out += identity` writes over what it is given

    handle = model.get_submodule(module).register_forward_hook(keep)
    logits = model(x)
    handle.remove()
    (gradient,) = torch.autograd.grad(logits[0, class_index], kept[-1])
    weights = gradient.mean((2, 3), keepdim=True)
    return torch.relu((weights * kept[-1]).sum(1))[0].detach().numpy()


def test_by_hand_at_the_last_stage(tiny, tiny_program, images) -> None:
    """Behind it are a mean over 8 x 8 cells and a linear layer: w_c is the class's weight over 64."""
    kept = forward(tiny_program, images[0])
    output = value(tiny_program, kept, "layer2.0")[0]
    expected = sum(float(tiny.fc.weight[3, c].detach()) / 64 * output[c] for c in range(16)).relu()
    found = grad_cam(tiny_program, kept, "layer2.0", 3)
    np.testing.assert_allclose(found.values, expected.numpy(), rtol=1e-5, atol=1e-6)
    assert (found.low, found.high) == (found.values.min(), found.values.max())
    assert found.place == "layer2.0" and not found.signed


@pytest.mark.parametrize("network", ["resnet18", "plain18"])
@pytest.mark.parametrize("place", ["conv1", "layer2.0.conv1", "layer2.0.bn2", "layer3.1", "layer4"])
def test_against_autograd(network: str, place: str) -> None:
    model = build(network, classes=7)
    x = torch.randn(1, 3, 64, 64, generator=torch.Generator().manual_seed(2))
    program = compile_program(model, network)
    found = grad_cam(program, forward(program, x), {"layer4": "stage4"}.get(place, place), 5)
    np.testing.assert_allclose(found.values, by_hooks(model, place, x, 5), rtol=1e-4, atol=1e-6)


def test_a_place_inside_of_a_block_reaches_over_the_shortcut(tiny, tiny_program, images) -> None:
    """The shortcut around it starts before it, at what the pass kept."""
    found = grad_cam(tiny_program, forward(tiny_program, images[1]), "layer1.0.conv1", 2)
    np.testing.assert_allclose(found.values, by_hooks(tiny, "layer1.0.conv1", images[1], 2), rtol=1e-4, atol=1e-6)


def test_the_picture_itself_has_a_map(tiny_program, images) -> None:
    assert grad_cam(tiny_program, forward(tiny_program, images[0]), "input", 0).values.shape == (16, 16)


def test_the_shared_model_keeps_no_gradient(tiny, tiny_program, images) -> None:
    grad_cam(tiny_program, forward(tiny_program, images[0]), "layer1.0", 0)
    assert all(parameter.grad is None for parameter in tiny.parameters())


@pytest.mark.parametrize(("place", "code"), [("fc", "place_without_map"), ("layer9", "unknown_place")])
def test_places_without_a_map(tiny_program, images, place: str, code: str) -> None:
    with pytest.raises(NetworkError, match=code):
        grad_cam(tiny_program, forward(tiny_program, images[0]), place, 0)


def test_all_methods_out_of_one_gradient(tiny_program, images) -> None:
    kept = forward(tiny_program, images[0])
    for method, found in zip(METHODS, class_maps(tiny_program, kept, "layer1.0", 3), strict=True):
        alone = class_map(tiny_program, kept, "layer1.0", 3, method)
        assert (found.reduction, found.signed) == (alone.reduction, alone.signed)
        np.testing.assert_array_equal(found.values, alone.values)
    with pytest.raises(NetworkError, match="place_without_map"):
        class_maps(tiny_program, kept, "fc", 3)
