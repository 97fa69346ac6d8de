"""Receptive fields against gradients: the input pixels that have any influence on one cell.

The oracle keeps a network's windows and edges and makes every path positive: convolutions average over channels and
window, batch norm and activations do nothing, maximum pools average. Then no influence cancels, none is lost, and the
extent of the gradient is the field.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import Tensor, fx, nn
from torchvision.models.googlenet import Inception
from torchvision.models.resnet import BasicBlock, Bottleneck

from resnet_viz.blueprint import blueprint, read_blueprint
from resnet_viz.blueprint.trace import trace
from resnet_viz.networks.catalog import NETWORKS, build, spec
from resnet_viz.networks.residual import BottleneckV1
from resnet_viz.records import Blueprint

HEIGHT = 64
"""The oracle is wide and flat: what holds along the width holds along the height."""


class PositiveConv(nn.Module):
    """The mean over all channels and a window, with a convolution's kernel, stride, padding and dilation."""

    def __init__(self, conv: nn.Conv2d) -> None:
        super().__init__()
        self.conv = nn.Conv2d(1, 1, conv.kernel_size, conv.stride, conv.padding, conv.dilation, bias=False).double()
        nn.init.constant_(self.conv.weight, 1 / self.conv.weight.numel())

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.conv(x.mean(1, keepdim=True))
        return out


def positive(module: nn.Module) -> nn.Module:
    """A module with the same window and nothing but positive weights."""
    if isinstance(module, nn.Conv2d):
        return PositiveConv(module)
    if isinstance(module, nn.MaxPool2d):
        return nn.AvgPool2d(module.kernel_size, module.stride, module.padding, module.ceil_mode)
    if isinstance(module, nn.AvgPool2d | nn.AdaptiveAvgPool2d):
        return module
    return nn.Identity()


def positive_values(model: nn.Module, image: Tensor, last: str) -> dict[str, Tensor]:
    """Values of all places up to `last`, an image's width being too much for a classifier, on positive paths alone."""
    modules = {name: positive(module) for name, module in model.named_modules()}
    values: dict[str, Tensor] = {}
    for node in trace(model).graph.nodes:
        args, kwargs = fx.node.map_arg((node.args, node.kwargs), lambda source: values[source.meta["place"]])
        if node.op == "placeholder":
            value = image
        elif node.op == "call_module":
            value = modules[str(node.target)](*args)
        else:
            value = node.target(*args, **kwargs)
        values[node.meta["place"]] = value
        if last in values:
            return values
    raise AssertionError(f"no place {last}")


def extent(value: Tensor, image: Tensor, cell: int) -> tuple[int, int]:
    """First and last column of the image that cell `cell` of the middle row depends on."""
    row = value.shape[2] // 2
    (gradient,) = torch.autograd.grad(value[0, :, row, cell].sum(), image, retain_graph=True)
    columns = gradient[0].abs().sum((0, 1)).nonzero().flatten()
    return int(columns[0]), int(columns[-1])


def measured(model: nn.Module, places: list[str], channels: int, width: int) -> dict[str, tuple[int, int]]:
    """(field, step) of each place, from the gradients of two neighbouring cells in the middle."""
    image = torch.ones(1, channels, HEIGHT, width, dtype=torch.float64, requires_grad=True)
    values = positive_values(model, image, places[-1])
    found = {}
    for place in places:
        middle = values[place].shape[3] // 2
        (low, high), (next_low, next_high) = (extent(values[place], image, cell) for cell in (middle, middle + 1))
        assert low > 0 and next_high < width - 1, "the image is too narrow to see all of the field"
        assert next_high - next_low == high - low
        found[place] = (high - low + 1, next_low - low)
    return found


DEEP_PLAIN = {name for name in NETWORKS if name.startswith("plain1") and name != "plain18"}
"""Their fields are those of their twins, and each takes as long again."""


@pytest.mark.parametrize("name", sorted(set(NETWORKS) - {"lenet5"} - DEEP_PLAIN))
def test_stages_see_what_gradients_reach(name: str, plan_of: Callable[..., Blueprint]) -> None:
    plan = plan_of(name)
    widest = plan.stages[-1]
    width = 32 * ((widest.receptive_field + 4 * widest.step) // 32 + 1)
    expected = {stage.output: (stage.receptive_field, stage.step) for stage in plan.stages}
    assert measured(build(name, device="meta"), list(expected), 3, width) == expected


@pytest.mark.parametrize("block", [Bottleneck, BottleneckV1, BasicBlock])
@pytest.mark.parametrize("stride", [1, 2])
def test_every_operation_of_a_block_sees_what_gradients_reach(block: type[Bottleneck], stride: int) -> None:
    projection = nn.Sequential(nn.Conv2d(8, 2 * block.expansion, 1, stride), nn.BatchNorm2d(2 * block.expansion))
    model = nn.Sequential(
        nn.Conv2d(3, 8, 7, 2, 3), block(8, 2, stride, projection), block(2 * block.expansion, 2)
    ).eval()
    plan = read_blueprint(model, "blocks", HEIGHT)
    expected = {layer.name: (layer.receptive_field, layer.step) for layer in plan.layers}
    assert measured(model, list(expected), 3, 128) == expected


@pytest.mark.parametrize(
    "model",
    [
        nn.Sequential(nn.Conv2d(3, 4, 3, padding=2, dilation=2), nn.MaxPool2d(3, 2, ceil_mode=True), nn.AvgPool2d(2)),
        nn.Sequential(nn.Conv2d(3, 4, 5, padding="same"), nn.Conv2d(4, 4, 4, padding="same", dilation=2)),
        nn.Sequential(
            nn.Conv2d(3, 4, 4, 2, padding="valid"), nn.Tanh(), nn.MaxPool2d(2, stride=1), nn.Conv2d(4, 4, 2, 3)
        ),
        nn.Sequential(Inception(3, 4, 4, 4, 4, 4, 4)),
    ],
)
def test_dilation_odd_padding_and_branches(model: nn.Module) -> None:
    model.eval()
    plan = read_blueprint(model, "odd", HEIGHT)
    expected = {layer.name: (layer.receptive_field, layer.step) for layer in plan.layers}
    assert measured(model, list(expected), 3, 128) == expected


def test_branches_that_look_at_different_pixels_unite() -> None:
    class Union(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.left = nn.Sequential(nn.Conv2d(3, 1, 3, padding=2), nn.Conv2d(1, 1, 3))
            self.right = nn.Sequential(nn.Conv2d(3, 1, 2, padding=1), nn.Conv2d(1, 1, 2))

        def forward(self, x: Tensor) -> Tensor:
            return self.left(x) + self.right(x)  # type: ignore[no-any-return]

    model = Union().eval()
    plan = read_blueprint(model, "union", HEIGHT)
    assert [layer.receptive_field for layer in plan.layers] == [3, 5, 2, 3, 5]
    assert measured(model, ["add"], 3, 128) == {"add": (5, 1)}


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("resnet50", [11, 35, 91, 267, 427]),
        ("resnet50-v1", [11, 35, 99, 291, 483]),
        ("plain50", [11, 35, 91, 267, 427]),
    ],
)
def test_fields_of_resnet50(name: str, fields: list[int], plan_of: Callable[..., Blueprint]) -> None:
    plan = plan_of(name)
    assert plan.layer("conv1").receptive_field == 7
    assert [stage.receptive_field for stage in plan.stages] == fields
    assert [stage.step for stage in plan.stages] == [4, 4, 8, 16, 32]


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("resnet18", 435), ("resnet34", 899), ("resnet101-v1", 1027), ("resnet152-v1", 1507),
        ("resnet101", 971), ("resnet152", 1451), ("vgg16", 212),
    ],
)  # fmt: skip
def test_published_fields_of_the_last_stage(name: str, field: int, plan_of: Callable[..., Blueprint]) -> None:
    """From google-research/receptive_field (v1), and computed (v1.5)."""
    assert plan_of(name).stages[-1].receptive_field == field


def test_a_linear_layer_sees_the_whole_map() -> None:
    plan = blueprint("lenet5")
    assert plan.layer("c5").receptive_field == plan.layer("f6").receptive_field == 32
    plan = read_blueprint(nn.Sequential(nn.Conv2d(3, 2, 3), nn.Flatten(), nn.Linear(72, 5)).eval(), "small", 8)
    assert [layer.receptive_field for layer in plan.layers] == [3, 3, 8]


def test_an_adaptive_pool_sees_its_widest_window() -> None:
    def field(side: int, cells: int) -> list[int]:
        pool = nn.AdaptiveAvgPool2d(cells)
        model = nn.Sequential(pool, nn.Flatten(), nn.Linear(3 * cells**2, 1)).eval()
        seen = [layer.receptive_field for layer in read_blueprint(model, "pool", side).layers]
        image = torch.ones(1, 3, side, side, requires_grad=True)
        widths = []
        for cell in range(cells):
            (gradient,) = torch.autograd.grad(pool(image)[0, 0, 0, cell], image)
            widths.append(int(gradient[0, 0].any(0).sum()))
        assert seen[0] == max(widths)
        return seen

    assert field(7, 1) == [7, 7, 7]
    assert field(11, 7) == [3, 3, 11]
    assert field(7, 7) == [1, 1, 7]
    assert field(3, 7) == [2, 2, 3]


def test_lenets_stages_see_what_gradients_reach() -> None:
    plan = blueprint("lenet5")
    expected = {stage.output: (stage.receptive_field, stage.step) for stage in plan.stages}
    assert expected == {"s2": (6, 2), "s4": (16, 4)}
    assert measured(build("lenet5", device="meta"), list(expected), spec("lenet5").channels, 64) == expected
