"""Class maps in the two ways of a block: against maps of the same places, and against their sum."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from resnet_viz.analysis.block_maps import ADDITIVE, BlockMaps, block_maps
from resnet_viz.analysis.class_maps import METHODS, Method, class_map
from resnet_viz.analysis.gradients import gradients
from resnet_viz.blueprint import blueprint
from resnet_viz.forward.run import compile_program, forward, value
from resnet_viz.networks.catalog import build
from resnet_viz.records import Activations, Blueprint

CLASS = 4


class Run:
    """An untrained network in float64, run once on a small picture."""

    def __init__(self, network: str) -> None:
        self.program = compile_program(build(network, classes=6).double(), network)
        x = torch.randn(1, 3, 64, 64, generator=torch.Generator().manual_seed(0))
        self.kept: Activations = forward(self.program, x.double())
        self.plan: Blueprint = blueprint(network, 64)

    def maps(self, block: str, method: Method) -> BlockMaps:
        return block_maps(self.program, self.plan, self.kept, block, class_index=CLASS, method=method)

    def map(self, place: str, method: Method) -> np.ndarray:
        return class_map(self.program, self.kept, place, CLASS, method, against=True).values


@pytest.fixture(scope="module")
def residual() -> Run:
    return Run("resnet18")


@pytest.mark.parametrize("method", METHODS)
def test_each_part_is_the_map_at_its_own_place(residual, method: Method) -> None:
    found = residual.maps("layer2.0", method)
    assert found.shortcut is not None
    for one in (found.branch, found.shortcut, found.sum):
        np.testing.assert_allclose(one.values, residual.map(one.place, method), rtol=1e-9, atol=1e-15)
    assert [one.place for one in (found.branch, found.shortcut, found.sum)] == [
        "layer2.0.bn2",
        "layer2.0.downsample.1",
        "layer2.0.add",
    ]


def test_an_identity_shortcut_has_the_gradient_of_the_sum(residual) -> None:
    """At the block's input itself the gradient is another one: there F(x) depends on it too."""
    found = residual.maps("layer3.1", "hires-cam")
    gradient = gradients(residual.program, residual.kept.kept["input"], CLASS, ["layer3.1.add"])["layer3.1.add"]
    x = value(residual.program, residual.kept, "layer3.0")
    assert found.shortcut is not None and found.shortcut.place == "layer3.0.relu_1"
    np.testing.assert_allclose(found.shortcut.values, (gradient * x).sum(1)[0], rtol=1e-9, atol=1e-15)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("block", ["layer1.1", "layer3.0"])
def test_the_parts_add_up_where_the_method_is_linear(residual, block: str, method: Method) -> None:
    error = residual.maps(block, method).error
    assert error < 1e-12 if method in ADDITIVE else error > 1e-3


def test_a_plain_block_has_no_shortcut() -> None:
    run = Run("plain18")
    found = run.maps("layer2.1", "hires-cam")
    assert found.shortcut is None and found.error == 0
    np.testing.assert_array_equal(found.branch.values, found.sum.values)
