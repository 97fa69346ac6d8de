"""Kernels as the modules have them, the convolution behind a place, and what one output cell is made of."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional

from resnet_viz.analysis.convolutions import convolution, convolution_behind, convolutions_near, strength
from resnet_viz.analysis.one_cell import SHOWN, working
from resnet_viz.blueprint import blueprint, read_blueprint
from resnet_viz.forward.run import compile_program, forward, value
from resnet_viz.networks.catalog import build


def test_a_convolution_is_the_modules(tiny, tiny_program) -> None:
    found = convolution(tiny_program, "layer2.0.conv1")
    module = tiny.layer2[0].conv1
    assert np.array_equal(found.weight, module.weight.detach().numpy())
    assert (found.stride, found.padding, found.dilation, found.groups) == ((2, 2), (1, 1), (1, 1), 1)
    assert found.bias is None and found.size == (3, 3)
    with pytest.raises(ValueError, match="read-only"):
        found.weight[0] = 0


def test_no_other_operation_is_one(tiny_program) -> None:
    with pytest.raises(ValueError, match="no convolution"):
        convolution(tiny_program, "layer1.0.bn1")


@pytest.mark.parametrize(
    ("place", "conv"),
    [
        ("input", "conv1"),
        ("network", "conv1"),
        ("conv1", "conv1"),
        ("relu", "conv1"),
        ("maxpool", "conv1"),
        ("layer1.0.relu_1", "layer1.0.conv2"),
        ("layer1.0", "layer1.0.conv3"),
        ("stage2", "layer2.3.conv3"),
        ("layer2.0.downsample.1", "layer2.0.downsample.0"),
        ("fc", "layer4.2.conv3"),
    ],
)
def test_the_convolution_behind_a_place(place: str, conv: str) -> None:
    assert convolution_behind(blueprint("resnet50", 64), place) == conv


def test_convolutions_near() -> None:
    plan = blueprint("resnet50", 64)
    own = ("conv1", "conv2", "conv3", "downsample.0")
    assert convolutions_near(plan, "layer3.0.conv2") == tuple(f"layer3.0.{name}" for name in own)
    assert convolutions_near(plan, "conv1") == ("conv1",)
    assert convolutions_near(blueprint("vgg16", 64), "features.5") == ("features.5", "features.7")


def test_strength_is_the_weight_or_the_norm_of_a_kernel(tiny, tiny_program) -> None:
    assert np.array_equal(
        strength(convolution(tiny_program, "layer2.0.downsample.0").weight),
        tiny.layer2[0].downsample[0].weight[:, :, 0, 0].detach().numpy(),
    )
    expected = torch.linalg.vector_norm(tiny.conv1.weight, dim=(2, 3)).detach().numpy()
    np.testing.assert_allclose(strength(convolution(tiny_program, "conv1").weight), expected, rtol=1e-6)


@pytest.mark.parametrize(
    ("network", "place", "kinds"),
    [
        ("resnet50", "conv1", ["batchnorm", "relu"]),
        ("resnet50", "layer2.0.conv2", ["batchnorm", "relu"]),
        ("resnet50", "layer2.0.conv3", ["batchnorm", "add", "relu"]),
        ("resnet50", "layer2.0.downsample.0", ["batchnorm", "add", "relu"]),
        ("plain18", "layer3.0.conv1", ["batchnorm", "relu"]),
        ("alexnet", "features.3", ["relu"]),
        ("lenet5", None, ["tanh"]),
    ],
)
def test_the_working_is_what_the_network_computes(network: str, place: str | None, kinds: list[str]) -> None:
    plan = blueprint(network, 32 if network == "lenet5" else 64)
    place = place or next(layer.name for layer in plan.layers if layer.kind == "conv")
    program = compile_program(build(network, seed=1), network)
    kept = forward(program, torch.randn(1, *plan.input_shape, generator=torch.Generator().manual_seed(3)))
    at = partial(value, program, kept)
    found = working(program, plan, place, 5, at)
    assert [link.kind for link in found.chain] == kinds
    assert found.source == plan.layer(place).inputs[0]
    assert np.array_equal(found.computed, at(place)[0, 5].numpy())
    for link in found.chain:
        assert np.array_equal(link.computed, at(link.place)[0, 5].numpy())
    highest = float(np.abs(found.computed).max())
    assert max(found.errors) < 1e-5 * max(highest, *(float(np.abs(link.computed).max()) for link in found.chain))
    assert len(found.inputs) + found.others == plan.layer(place).input_shapes[0][0]


def test_the_strongest_inputs_are_kept_and_the_rest_adds_up(tiny, tiny_program, images) -> None:
    plan = read_blueprint(tiny, "tiny", 16)
    at = partial(value, tiny_program, forward(tiny_program, images[2]))
    found = working(tiny_program, plan, "layer2.0.conv2", 3, at)
    x, weight = at("layer2.0.relu").double(), tiny.layer2[0].conv2.weight.detach().double()
    each = functional.conv2d(x, weight[3].unsqueeze(1), padding=1, groups=16)[0]
    order = each.abs().mean((1, 2)).argsort(descending=True, stable=True)[:SHOWN]
    assert found.inputs == tuple(order.tolist())
    assert np.array_equal(found.kernels, tiny.layer2[0].conv2.weight[3, order].detach().numpy())
    np.testing.assert_allclose(found.rest, (each.sum(0) - each[order].sum(0)).numpy(), atol=1e-9)


def test_few_values_are_kept_of_large_inputs(tiny, tiny_program, images) -> None:
    plan = read_blueprint(tiny, "tiny", 16)
    at = partial(value, tiny_program, forward(tiny_program, images[2]))
    found = working(tiny_program, plan, "conv1", 3, at, budget=300)
    assert found.maps.shape == (1, 16, 16) and found.others == 2
    assert max(found.errors) < 1e-5


def test_grouped_and_dilated_convolutions_with_a_bias() -> None:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Conv2d(4, 6, (3, 2), (1, 2), (2, 1), (2, 1), groups=2), nn.ReLU(), nn.Flatten())
    model.append(nn.Linear(6 * 9 * 5, 2)).eval()
    plan = read_blueprint(model, "grouped", 9, 4)
    program = compile_program(model, plan)
    at = partial(value, program, forward(program, torch.randn(1, 4, 9, 9)))
    found = working(program, plan, "0", 4, at)
    assert sorted(found.inputs) == [2, 3] and found.others == 0
    assert max(found.errors) < 1e-5
