"""What an operation is and costs, against PyTorch's own counts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

from resnet_viz.blueprint import blueprint, read_blueprint
from resnet_viz.errors import NetworkError
from resnet_viz.networks.catalog import NETWORKS, build, spec
from resnet_viz.records import Blueprint, LayerRecord
from tests.networks.shallow import SHALLOW

PUBLISHED = {
    "resnet18": (11_689_512, 1.814),
    "resnet34": (21_797_672, 3.664),
    "resnet50": (25_557_032, 4.089),
    "resnet101": (44_549_160, 7.801),
    "resnet152": (60_192_808, 11.514),
    "vgg16": (138_357_544, 15.470),
    "vgg19": (143_667_240, 19.632),
    "alexnet": (61_100_840, 0.714),
    "googlenet": (6_624_904, 1.498),
}
"""Parameters and GMACs at 224 from torchvision's metadata (`num_params`, `_ops`); GoogLeNet without auxiliary heads."""


@pytest.mark.parametrize("name", PUBLISHED)
def test_parameters_and_macs_are_the_published_ones(name: str, plan_of: Callable[..., Blueprint]) -> None:
    plan = plan_of(name, 224)
    assert (plan.params, round(plan.macs / 1e9, 3)) == PUBLISHED[name]


def test_macs_of_resnet50_to_the_digit(plan_of: Callable[..., Blueprint]) -> None:
    assert plan_of("resnet50", 224).macs == 4_089_184_256
    assert plan_of("resnet50-v1", 224).macs == 3_857_973_248


@pytest.mark.parametrize("depth", [50, 101, 152])
def test_moving_the_stride_costs_the_same_at_every_depth(depth: int, plan_of: Callable[..., Blueprint]) -> None:
    later, first = (plan_of(f"resnet{depth}{suffix}", 224) for suffix in ("", "-v1"))
    assert later.macs - first.macs == 231_211_008
    assert later.params == first.params


@pytest.mark.parametrize("name", NETWORKS)
def test_parameters_are_those_of_the_module(name: str, plan_of: Callable[..., Blueprint]) -> None:
    model, plan = build(name, device="meta"), plan_of(name)
    assert plan.params == sum(tensor.numel() for tensor in model.parameters())
    shapes = {f"{layer.module}.{key}": shape for layer in plan.layers for key, shape in layer.param_shapes}
    assert shapes == {key: tuple(tensor.shape) for key, tensor in model.named_parameters()}


@pytest.mark.parametrize(
    ("name", "size"),
    [
        *((name, NETWORKS[name].default_size) for name in SHALLOW),
        ("resnet50", 97),
        ("googlenet", 352),
    ],
)
def test_macs_are_half_of_the_flops_that_pytorch_counts(
    name: str, size: int, plan_of: Callable[..., Blueprint]
) -> None:
    network = spec(name)
    with FlopCounterMode(display=False) as counter, torch.no_grad():
        build(name, device="meta")(torch.empty(1, network.channels, size, size, device="meta"))
    assert 2 * plan_of(name, size).macs == counter.get_total_flops()


@pytest.mark.parametrize("name", ["resnet50", "resnet18", "googlenet", "alexnet", "lenet5"])
def test_code_builds_an_operation_with_the_same_output_and_parameters(name: str) -> None:
    network = spec(name)
    for layer in blueprint(name, max(network.min_size, 32)).layers:
        value, params = run_code(layer)
        assert tuple(value.shape[1:]) == layer.output_shape, layer
        assert params == layer.params, layer


def run_code(layer: LayerRecord) -> tuple[Tensor, int]:
    """What `layer.code` gives for inputs of its shapes, and how many parameters it has."""
    inputs = [torch.zeros(1, *shape) for shape in layer.input_shapes]
    names = {"torch": torch, "nn": nn, "x": inputs if layer.kind == "concat" else inputs[0]}
    thing = eval(layer.code, names)
    if isinstance(thing, nn.Module):
        return thing.eval()(inputs[0]), sum(tensor.numel() for tensor in thing.parameters())
    return (thing if isinstance(thing, Tensor) else thing(*inputs)), 0


def test_code_reads_like_pytorch() -> None:
    plan = blueprint("resnet50", 224)
    assert plan.layer("layer2.0.conv2").code == (
        "nn.Conv2d(128, 128, kernel_size=(3, 3), stride=(2, 2), padding=(1, 1), bias=False)"
    )
    assert plan.layer("fc").code == "nn.Linear(in_features=2048, out_features=1000, bias=True)"
    assert plan.layer("layer1.0.add").code == "torch.add"
    assert plan.layer("flatten").code == "torch.flatten(x, start_dim=1)"
    assert blueprint("googlenet").layer("inception3a.cat").code == "torch.cat(x, dim=1)"


def test_options_are_the_modules_own() -> None:
    options = blueprint("resnet50", 224).layer("layer2.0.conv2").options
    assert options["kernel_size"] == (3, 3) and options["stride"] == (2, 2) and options["bias"] is False
    assert blueprint("alexnet").layer("classifier.0").options == {"p": 0.5}


def test_groups_divide_the_work() -> None:
    plan = read_blueprint(nn.Sequential(nn.Conv2d(8, 16, 3, groups=4)).eval(), "grouped", 10, channels=8)
    assert plan.macs == 16 * 8 * 8 * 9 * 2


class Ends(nn.Module):
    """A convolution, and after it whatever is given."""

    def __init__(self, end: object) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 3, 1)
        self.end = end

    def forward(self, x: Tensor) -> Tensor:
        return self.end(self.conv(x))  # type: ignore[no-any-return, operator]


class Doubling(nn.Conv2d):
    """A convolution by its class, and something else by what it does: it is looked into, where its weights are read."""

    def forward(self, input: Tensor) -> Tensor:
        return 2 * super().forward(input)


@pytest.mark.parametrize(
    ("end", "named"),
    [
        (nn.GELU(), "GELU"),
        (nn.ConvTranspose2d(3, 3, 2), "ConvTranspose2d"),
        (Doubling(3, 3, 1), "end.weight"),
        (lambda x: torch.softmax(x, 1), "softmax"),
        (lambda x: x.mean(1), "mean"),
        (lambda x: x + 1, "add"),
        (lambda x: 1 + x, "add"),
        (lambda x: torch.add(x, x, alpha=2), "add"),
        (lambda x: x * x, "mul"),
    ],
)
def test_an_unknown_operation_is_named_and_never_counted(end: object, named: str) -> None:
    with pytest.raises(NetworkError) as caught:
        read_blueprint(Ends(end).eval(), "odd", 8)
    assert caught.value.code == "unknown_layer"
    assert str(caught.value.values["kind"]).startswith(named)
    assert caught.value.values["place"] != "conv"
