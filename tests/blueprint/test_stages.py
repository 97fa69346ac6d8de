"""Stages: which they are in each network, and that nothing is lost between them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from resnet_viz.networks.catalog import NETWORKS
from resnet_viz.records import Blueprint

PlanOf = Callable[..., Blueprint]


@pytest.mark.parametrize("name", NETWORKS)
def test_stages_follow_each_other_and_the_head_comes_last(name: str, plan_of: PlanOf) -> None:
    plan = plan_of(name)
    numbers = [layer.stage for layer in plan.layers]
    known = [number for number in numbers if number is not None]
    assert known == sorted(known)
    assert numbers == known + [None] * (len(numbers) - len(known))
    assert [stage.number for stage in plan.stages] == sorted(set(known))
    assert sum(stage.params for stage in plan.stages) + sum(layer.params for layer in plan.head) == plan.params
    assert sum(stage.macs for stage in plan.stages) + sum(layer.macs for layer in plan.head) == plan.macs
    for stage in plan.stages:
        assert stage.output == stage.layers[-1]
        assert plan.layer(stage.output).output_shape == stage.output_shape
        assert [plan.block(block).stage for block in stage.blocks] == [stage.number] * len(stage.blocks)


@pytest.mark.parametrize("name", ["resnet50", "resnet18", "plain50-v1"])
def test_a_residual_network_has_a_stem_and_four_stages(name: str, plan_of: PlanOf) -> None:
    plan = plan_of(name)
    assert [stage.number for stage in plan.stages] == [0, 1, 2, 3, 4]
    assert plan.stages[0].layers == ("conv1", "bn1", "relu", "maxpool")
    assert [layer.name for layer in plan.head] == ["avgpool", "flatten", "fc"]


def test_blocks_of_resnet50_by_stage(plan_of: PlanOf) -> None:
    stages = plan_of("resnet50").stages
    assert [len(stage.blocks) for stage in stages] == [0, 3, 4, 6, 3]
    assert stages[3].blocks[2] == "layer3.2"
    assert stages[1].params == 215_808


@pytest.mark.parametrize(
    ("name", "ends", "head"),
    [
        ("vgg16", ["features.4", "features.9", "features.16", "features.23", "features.30"], "avgpool"),
        ("alexnet", ["features.2", "features.5", "features.12"], "avgpool"),
        ("googlenet", ["maxpool1", "maxpool2", "maxpool3", "maxpool4", "inception5b.cat"], "avgpool"),
        ("lenet5", ["s2", "s4"], "c5"),
    ],
)
def test_other_networks_are_cut_at_their_pools(name: str, ends: list[str], head: str, plan_of: PlanOf) -> None:
    plan = plan_of(name)
    assert [(stage.number, stage.output) for stage in plan.stages] == list(enumerate(ends, 1))
    assert plan.head[0].name == head


def test_places_name_every_part_once(plan_of: PlanOf) -> None:
    plan = plan_of("resnet50")
    assert plan.places[:4] == ("network", "input", "stage0", "conv1")
    assert len(set(plan.places)) == len(plan.places) == 2 + 5 + 16 + 175
