"""Blocks from their source text, against torchvision's own, and against arithmetic done by hand."""

import pytest
import torch
from torch import nn
from torchvision.models.resnet import BasicBlock, Bottleneck

from resnet_viz.analysis.block_code import RIVAL, block_source, build, rival_source
from resnet_viz.analysis.block_lab import affordable_channels, build_on_meta, compare, read_block, read_rival
from resnet_viz.analysis.block_numbers import BlockNumbers, block_numbers, numbers_of
from resnet_viz.blueprint import blueprint
from resnet_viz.networks.residual import BottleneckV1
from resnet_viz.records import BlockRecord

SMALL = [
    block_numbers("BTNK1", c=12, w=9, c1=5, s=2),
    block_numbers("BTNK1", c=12, w=9, c1=5, s=2, version="v1"),
    block_numbers("BTNK1", c=8, w=4, c1=8, s=1),
    block_numbers("BTNK1", c=8, w=1, c1=2, s=3),
    block_numbers("BTNK2", c=16, w=7, c1=1, s=1),
    block_numbers("BTNK2", c=4, w=1, c1=1, s=1, version="v1"),
]


def projection(numbers: BlockNumbers) -> nn.Module | None:
    if numbers.label == "BTNK2":
        return None
    conv = nn.Conv2d(numbers.c, numbers.out_channels, 1, numbers.s, bias=False)
    return nn.Sequential(conv, nn.BatchNorm2d(numbers.out_channels))


def agree(ours: nn.Module, theirs: nn.Module, numbers: BlockNumbers) -> None:
    theirs.load_state_dict(ours.state_dict(), strict=True)
    x = torch.randn(3, *numbers.input_shape, generator=torch.Generator().manual_seed(1))
    assert torch.equal(ours(x), theirs(x.clone()))
    assert tuple(ours(x).shape[1:]) == numbers.output_shape


@pytest.mark.parametrize("numbers", SMALL, ids=lambda n: f"{n.text} {n.version}")
def test_the_shown_block_is_torchvisions_block(numbers: BlockNumbers) -> None:
    kind = BottleneckV1 if numbers.version == "v1" else Bottleneck
    theirs = kind(numbers.c, numbers.c1, numbers.s, projection(numbers))
    agree(build(block_source(numbers), numbers.label), theirs, numbers)


@pytest.mark.parametrize("numbers", SMALL, ids=lambda n: f"{n.text} {n.version}")
def test_the_rival_is_torchvisions_basic_block(numbers: BlockNumbers) -> None:
    theirs = BasicBlock(numbers.c, numbers.out_channels, numbers.s, projection(numbers))
    agree(build(rival_source(numbers), RIVAL), theirs, numbers)


def without_place(block: BlockRecord) -> tuple[object, ...]:
    return (block.kind, block.shortcut, block.label, block.c, block.w, block.c1, block.s, block.params, block.macs)


@pytest.mark.parametrize(("network", "version"), [("resnet50", "v1.5"), ("resnet50-v1", "v1")])
def test_every_block_of_resnet50_comes_out_of_its_numbers(network: str, version: str) -> None:
    for block in blueprint(network).blocks:
        plan = read_block(numbers_of(block, version), stage=block.stage)
        assert without_place(plan.blocks[0]) == without_place(block)
        assert (plan.params, plan.macs) == (block.params, block.macs)
        assert plan.stages[0].number == block.stage


def test_all_layers_belong_to_the_block() -> None:
    plan = read_block(SMALL[0], stage=3)
    assert {layer.block for layer in plan.layers} == {"layer3.0"}
    assert [layer.kind for layer in plan.layers if layer.name in plan.blocks[0].projection] == ["conv", "batchnorm"]
    assert read_rival(SMALL[0]).blocks[0].label == "BASIC1"


def test_the_versions_differ_where_the_stride_is() -> None:
    v1, v15 = (block_numbers("BTNK1", c=256, w=56, c1=128, s=2, version=version) for version in ("v1", "v1.5"))
    assert read_block(v1).params == read_block(v15).params
    # conv1 works at 56x56 instead of 28x28: 256 x 128 x (56^2 - 28^2) more.
    assert read_block(v15).macs - read_block(v1).macs == 256 * 128 * (56**2 - 28**2)


def test_the_comparison_is_the_arithmetic_of_the_paper() -> None:
    found = compare(block_numbers("BTNK2", c=256, w=56, c1=64, s=1))
    convs = 256 * 64 + 3 * 3 * 64 * 64 + 64 * 256
    assert found.bottleneck.params == convs + 2 * (64 + 64 + 256)
    assert found.bottleneck.macs == convs * 56 * 56
    assert found.rival.params == 2 * 9 * 256 * 256 + 2 * 2 * 256
    assert found.rival.macs == 2 * 9 * 256 * 256 * 56 * 56
    # 18 C^2 against 17/16 C^2, whatever C is.
    assert found.macs_ratio == pytest.approx(18 * 16 / 17)


@pytest.mark.parametrize("numbers", SMALL, ids=lambda n: f"{n.text} {n.version}")
def test_parts_add_up(numbers: BlockNumbers) -> None:
    found = compare(numbers)
    for costs in (found.bottleneck, found.rival):
        assert sum(part.params for part in costs.parts) == costs.params
        assert sum(part.macs for part in costs.parts) == costs.macs
        assert ("projection" in {part.part for part in costs.parts}) == (numbers.label == "BTNK1")


@pytest.mark.parametrize("c", [4, 16, 64, 256, 1024, 2048])
def test_affordable_channels_is_the_root_of_the_budget(c: int) -> None:
    numbers = block_numbers("BTNK2", c=c, w=4, c1=1, s=1)
    budget = sum(p.numel() for p in build_on_meta(block_source(numbers), "BTNK2").parameters())
    found = affordable_channels(numbers)
    here, above = (18 * n * n + 4 * n for n in (found, found + 1))
    assert here <= budget < above


def test_reading_builds_nothing_in_memory() -> None:
    module = build_on_meta(block_source(block_numbers("BTNK1", c=2048, w=512, c1=512, s=1)), "BTNK1")
    assert all(parameter.is_meta for parameter in module.parameters())
