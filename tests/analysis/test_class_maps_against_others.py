"""Class maps in float64 against pytorch-grad-cam and captum, before either scales anything; and against each other."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest
import torch
from captum.attr import LayerGradCam, LayerGradientXActivation
from pytorch_grad_cam import EigenCAM, GradCAM, GradCAMPlusPlus, HiResCAM, LayerCAM
from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget
from torch import Tensor, nn

from resnet_viz.analysis.class_maps import Method, class_map, eigen_cam, evidence
from resnet_viz.forward.run import Program, compile_program, forward, value
from resnet_viz.networks import weights
from resnet_viz.records import Activations

THEIRS: dict[Method, type] = {
    "grad-cam": GradCAM,
    "grad-cam-pp": GradCAMPlusPlus,
    "hires-cam": HiResCAM,
    "layer-cam": LayerCAM,
}
PLACES = ("conv1", "layer1.0", "layer2.0.bn3", "layer3.0.downsample.1", "layer3.2.conv2", "layer4.2")
"""The stem, a block's output, F(x), a projection shortcut, the inside of a branch, the end; in the order of a pass."""
CLASS = 3
TOLERANCE = 1e-6


@pytest.fixture(scope="module")
def passed() -> tuple[nn.Module, Program, Activations, Tensor]:
    """The bundled ResNet-50 in float64, and what a pass of a small picture leaves."""
    model = weights.load("resnet50", "bundled").model.double()
    program = compile_program(model, "resnet50")
    x = torch.randn(1, 3, 64, 64, generator=torch.Generator().manual_seed(0)).double()
    return model, program, forward(program, x), x


def raw(method: type, model: nn.Module, x: Tensor, places: Iterable[str]) -> list[np.ndarray]:
    """What pytorch-grad-cam computes at each place before it cuts off and scales."""
    found: list[np.ndarray] = []

    class Kept(method):  # type: ignore[misc]
        def get_cam_image(self, *arguments: object) -> np.ndarray:
            found.append(super().get_cam_image(*arguments)[0])
            return found[-1][None]

    layers = [model.get_submodule(place) for place in places]
    with Kept(model=model, target_layers=layers) as cam:
        # It keeps outputs uncopied, and `out += identity` would make the sum of what it keeps of a branch.
        copies = [layer.register_forward_hook(lambda _module, _inputs, output: output.clone()) for layer in layers]
        cam(input_tensor=x, targets=[ClassifierOutputTarget(CLASS)])
    for copy in copies:
        copy.remove()
    return found


def assert_same(found: np.ndarray, expected: np.ndarray, tolerance: float = TOLERANCE) -> None:
    """Every cell alike, as a share of the largest one."""
    assert found.dtype == np.float64
    largest = np.abs(expected).max()
    assert largest > 0
    assert np.abs(found - expected).max() <= tolerance * largest


@pytest.mark.parametrize("method", list(THEIRS))
def test_against_pytorch_grad_cam(passed, method: Method) -> None:
    model, program, kept, x = passed
    for place, expected in zip(PLACES, raw(THEIRS[method], model, x, PLACES), strict=True):
        signed = class_map(program, kept, place, CLASS, method, against=True)
        assert_same(signed.values, expected)
    assert_same(class_map(program, kept, place, CLASS, method).values, np.maximum(expected, 0))


@pytest.mark.parametrize("place", ["layer2.0.bn3", "layer3.2.conv2", "layer4.2"])
def test_against_captum(passed, place: str) -> None:
    model, program, kept, x = passed
    layer = model.get_submodule(place)
    theirs = LayerGradCam(model, layer).attribute(x, target=CLASS)[0, 0].detach().numpy()
    assert_same(class_map(program, kept, place, CLASS, "grad-cam", against=True).values, theirs)
    products = LayerGradientXActivation(model, layer).attribute(x, target=CLASS).sum(1)[0].detach().numpy()
    assert_same(class_map(program, kept, place, CLASS, "hires-cam", against=True).values, products)


def test_eigen_cam_up_to_sign(passed) -> None:
    """Theirs is rounded to float32 at its end, and has whatever sign the decomposition gives it."""
    model, program, kept, x = passed
    places = ("layer2.0", "layer3.2.conv2", "layer4.1")
    for place, theirs in zip(places, raw(EigenCAM, model, x, places), strict=True):
        found = class_map(program, kept, place, CLASS, "eigen-cam")
        expected = theirs.astype(np.float64)
        assert found.signed and abs(found.values.sum()) < 1e-9 * np.abs(found.values).sum()
        assert_same(found.values, expected * np.sign((expected * found.values).sum()))


def test_at_the_last_stage_three_methods_are_one_up_to_a_constant(passed) -> None:
    """Behind it are a mean over cells and a linear layer: CAM (Zhou et al. 2016), Grad-CAM and HiResCAM coincide."""
    model, program, kept, _ = passed
    output = value(program, kept, "stage4")
    cells = output.shape[-1] * output.shape[-2]
    classic = torch.einsum("c,chw->hw", model.fc.weight[CLASS].detach(), output[0]).numpy()
    for method in ("grad-cam", "hires-cam"):
        found = class_map(program, kept, "stage4", CLASS, method, against=True)
        assert_same(found.values * cells, classic, 1e-12)
    hires = class_map(program, kept, "stage4", CLASS, "hires-cam", against=True)
    logit = float(kept.kept["fc"][0, CLASS] - model.fc.bias[CLASS].detach())
    assert hires.values.sum() == pytest.approx(logit, rel=1e-12)


def test_grad_cam_plus_plus_is_the_papers_where_gradients_are_not_small() -> None:
    """1e-6 in the denominator is theirs: without it a_c is 1 / (2 + sum(A_c) G_c) wherever G_c is not zero."""
    random = torch.Generator().manual_seed(0)
    output = torch.rand(1, 5, 3, 4, generator=random, dtype=torch.float64)
    gradient = 1e3 * torch.randn(1, 5, 3, 4, generator=random, dtype=torch.float64)
    gradient[0, 0] = gradient[0, 0].abs()
    output[0, 1:] = 0
    share = 1 / (2 + output[0, 0].sum() * gradient[0, 0])
    expected = (share * gradient[0, 0]).sum() * output[0, 0]
    torch.testing.assert_close(evidence("grad-cam-pp", output, gradient), expected)


def test_eigen_cam_by_hand() -> None:
    """Cells that differ along one direction alone: the map is that direction's coordinate, highest where A is."""
    along = torch.tensor([[0.0, 1.0, 2.0], [3.0, 4.0, 8.0]], dtype=torch.float64)
    output = torch.stack([3 * along, 4 * along, torch.full_like(along, 7)])[None]
    torch.testing.assert_close(eigen_cam(output), 5 * (along - along.mean()))
