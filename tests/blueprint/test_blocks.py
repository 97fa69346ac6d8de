"""Blocks: their shortcut, and C, W, C1 and S, for every network that has any."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn
from torchvision.models.resnet import BasicBlock, Bottleneck

from resnet_viz.blueprint import read_blueprint
from resnet_viz.networks.plain import PlainBottleneck
from resnet_viz.networks.residual import BottleneckV1
from resnet_viz.records import Blueprint

PlanOf = Callable[..., Blueprint]


def labels(plan: Blueprint) -> Counter[str]:
    return Counter(block.label for block in plan.blocks)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("resnet18", {"BASIC1": 3, "BASIC2": 5}),
        ("resnet34", {"BASIC1": 3, "BASIC2": 13}),
        ("resnet50", {"BTNK1": 4, "BTNK2": 12}),
        ("resnet50-v1", {"BTNK1": 4, "BTNK2": 12}),
        ("resnet101", {"BTNK1": 4, "BTNK2": 29}),
        ("resnet152", {"BTNK1": 4, "BTNK2": 46}),
        ("plain34", {"PLAIN": 16}),
        ("plain50", {"PLAIN": 16}),
        ("googlenet", {"INCEPTION": 9}),
        ("vgg16", {}),
        ("lenet5", {}),
    ],
)
def test_blocks_are_counted(name: str, expected: dict[str, int], plan_of: PlanOf) -> None:
    assert labels(plan_of(name)) == expected


@pytest.mark.parametrize("name", ["resnet50", "resnet50-v1"])
def test_c_w_c1_s_of_resnet50(name: str, plan_of: PlanOf) -> None:
    """Stage 1 has C = C1 = 64 and S = 1, stages 2 to 4 have C = 2 C1 and S = 2; a BTNK2 has C = 4 C1."""
    numbers = [(block.label, block.c, block.w, block.c1, block.s) for block in plan_of(name, 224).blocks]
    expected = []
    for stage, (count, width) in enumerate(zip((3, 4, 6, 3), (64, 128, 256, 512), strict=True), 1):
        side = 56 if stage == 1 else 112 // 2 ** (stage - 1)
        first = ("BTNK1", 64, side, 64, 1) if stage == 1 else ("BTNK1", 2 * width, side, width, 2)
        expected += [first] + [("BTNK2", 4 * width, side // first[-1], width, 1)] * (count - 1)
    assert numbers == expected


def test_a_projection_block_of_resnet50(plan_of: PlanOf) -> None:
    block = plan_of("resnet50", 224).block("layer2.0")
    assert (block.kind, block.shortcut, block.stage, block.index) == ("bottleneck", "projection", 2, 0)
    assert (block.input_shape, block.output_shape) == ((256, 56, 56), (512, 28, 28))
    names = ("conv1", "bn1", "relu", "conv2", "bn2", "relu_1", "conv3", "bn3")
    assert block.branch == tuple(f"layer2.0.{name}" for name in names)
    assert block.projection == ("layer2.0.downsample.0", "layer2.0.downsample.1")
    assert (block.source, block.output) == ("layer1.2.relu_2", "layer2.0.relu_2")
    assert set(block.layers) == {*block.branch, *block.projection, "layer2.0.add", "layer2.0.relu_2"}
    # (256 x 128 + 9 x 128 x 128 + 128 x 512 + 256 x 512) weights and 2 (128 + 128 + 512 + 512) of batch norm
    assert block.params == 379_392


def test_an_identity_block_has_nothing_on_its_shortcut(plan_of: PlanOf) -> None:
    block = plan_of("resnet50", 224).block("layer3.2")
    assert (block.shortcut, block.projection, block.index) == ("identity", (), 2)
    assert plan_of("resnet50", 224).layer("layer3.2.add").inputs == ("layer3.2.bn3", block.source)


def test_a_plain_block_has_a_branch_alone(plan_of: PlanOf) -> None:
    plan = plan_of("plain50")
    block = plan.block("layer2.0")
    assert (block.kind, block.shortcut, block.projection) == ("bottleneck", "none", ())
    assert (*block.branch, "layer2.0.relu_2") == block.layers
    assert (block.c, block.w, block.c1, block.s) == (256, 56, 128, 2)
    assert not [layer for layer in plan.layers if layer.kind == "add"]


def test_an_inception_has_neither_branch_nor_shortcut(plan_of: PlanOf) -> None:
    block = plan_of("googlenet").blocks[0]
    assert (block.kind, block.shortcut, block.branch, block.projection) == ("inception", "none", (), ())
    assert (block.source, block.output) == ("maxpool2", "inception3a.cat")
    assert (block.c, block.w, block.c1, block.s) == (192, 28, 64, 1)


@pytest.mark.parametrize("name", ["resnet18", "resnet50", "plain34", "googlenet"])
def test_blocks_own_their_layers(name: str, plan_of: PlanOf) -> None:
    plan = plan_of(name)
    for block in plan.blocks:
        layers = [layer for layer in plan.layers if layer.block == block.name]
        assert tuple(layer.name for layer in layers) == block.layers
        assert block.params == sum(layer.params for layer in layers)
        assert block.macs == sum(layer.macs for layer in layers)
        outside = {place for layer in layers for place in layer.inputs} - set(block.layers)
        assert outside == {block.source}
        assert plan.layer(block.output).output_shape == block.output_shape


@pytest.mark.parametrize(("block", "strided"), [(Bottleneck, "conv2"), (BottleneckV1, "conv1")])
def test_one_block_by_itself(block: type[Bottleneck], strided: str) -> None:
    projection = nn.Sequential(nn.Conv2d(256, 512, 1, 2, bias=False), nn.BatchNorm2d(512))
    plan = read_blueprint(block(256, 128, 2, projection).eval(), "BTNK1", 56, channels=256)
    (found,) = plan.blocks
    assert (found.name, found.label, found.stage, found.source) == ("block", "BTNK1", 1, "input")
    assert (found.c, found.w, found.c1, found.s) == (256, 56, 128, 2)
    assert plan.layer(f"block.{strided}").options["stride"] == (2, 2)
    assert [stage.number for stage in plan.stages] == [1]
    assert plan.depth == 3


class Written(nn.Module):
    """A block as a lesson writes it: its own class, its shortcut first in the sum, its projection under another name."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(8, 4, 3, 2, 1), nn.BatchNorm2d(4)
        self.conv2, self.bn2 = nn.Conv2d(4, 8, 3, 1, 1), nn.BatchNorm2d(8)
        self.way = nn.Conv2d(8, 8, 1, 2)

    def forward(self, x: Tensor) -> Tensor:
        out = self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x)))))
        return torch.relu(self.way(x) + out)


def test_a_block_is_known_by_what_it_does_and_not_by_its_class() -> None:
    network = nn.Sequential(OrderedDict(layer3=nn.Sequential(Written())))
    (block,) = read_blueprint(network.eval(), "written", 10, channels=8).blocks
    assert (block.name, block.label, block.stage) == ("layer3.0", "BASIC1", 3)
    assert (block.c, block.w, block.c1, block.s) == (8, 10, 4, 2)
    assert block.projection == ("layer3.0.way",)
    assert len(block.branch) == 5


def test_blocks_in_other_networks_are_stage_one() -> None:
    network = nn.Sequential(nn.Conv2d(3, 8, 3), BasicBlock(8, 8), PlainBottleneck(8, 2), nn.Flatten())
    plan = read_blueprint(network.eval(), "custom", 8)
    assert [(block.name, block.label, block.index) for block in plan.blocks] == [("1", "BASIC2", 0), ("2", "PLAIN", 1)]
    assert plan.layers[0].stage == 0
    assert plan.layers[-1].stage is None
    assert [stage.number for stage in plan.stages] == [0, 1]
