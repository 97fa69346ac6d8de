"""Spelled-out arithmetic is right arithmetic: what is written left of the equals sign comes to what is right of it."""

import ast
import operator
import re
from collections.abc import Callable

import pytest

from resnet_viz.analysis.arithmetic import (
    parts,
    spelled_field,
    spelled_macs,
    spelled_memory,
    spelled_params,
    spelled_sum,
)
from resnet_viz.blueprint import blueprint
from resnet_viz.networks.catalog import NETWORKS
from resnet_viz.records import INPUT, NETWORK

OPERATORS: dict[type[ast.operator], Callable[[int, int], int]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
}


def value_of(spelled: str) -> int:
    """The value of `(3-1)x2 + 7`, read as arithmetic and nothing else."""
    return _value(ast.parse(re.sub(r"\s*x\s*", "*", spelled.replace(",", "")), mode="eval").body)


def _value(node: ast.expr) -> int:
    if isinstance(node, ast.BinOp):
        return OPERATORS[type(node.op)](_value(node.left), _value(node.right))
    assert isinstance(node, ast.Constant) and isinstance(node.value, int)
    return node.value


def check(spelled: str, expected: int) -> None:
    *work, result = spelled.split(" = ")
    assert value_of(result) == expected, spelled
    assert all(value_of(side) == expected for side in work), spelled


def test_the_examples_by_hand() -> None:
    plan = blueprint("resnet50", 224)
    assert spelled_params(plan.layer("layer1.1.conv1")) == "1x1x256x64 = 16,384"
    assert spelled_params(plan.layer("conv1")) == "7x7x3x64 = 9,408"
    assert spelled_params(plan.layer("fc")) == "2048x1000 + 1000 = 2,049,000"
    assert spelled_params(plan.layer("bn1")) == "2x64 = 128"
    assert spelled_params(plan.layer("relu")) == "0"
    assert spelled_macs(plan.layer("conv1")) == "7x7x3x64 x 112x112 = 118,013,952"
    assert spelled_macs(plan.layer("fc")) == "2048x1000 = 2,048,000"
    assert spelled_field(plan, plan.layer("maxpool")) == "7 + (3-1)x2 = 11"
    assert spelled_sum(plan, "stage1", "params") == "75,008 + 2x70,400 = 215,808"
    layer = plan.layer("conv1")
    assert spelled_memory(layer.output_shape, layer.activation_bytes) == "64x112x112 x 4 = 3,211,264"


@pytest.mark.parametrize("name", sorted(NETWORKS))
def test_every_operation_adds_up(name: str) -> None:
    plan = blueprint(name)
    for layer in plan.layers:
        check(spelled_params(layer), layer.params)
        check(spelled_macs(layer), layer.macs)
        check(spelled_field(plan, layer), layer.receptive_field)
        check(spelled_memory(layer.output_shape, layer.activation_bytes), layer.activation_bytes)


@pytest.mark.parametrize("name", sorted(NETWORKS))
def test_every_part_is_the_sum_of_its_parts(name: str) -> None:
    plan = blueprint(name)
    for place in (NETWORK, *(stage.name for stage in plan.stages), *(block.name for block in plan.blocks)):
        record = plan if place == NETWORK else plan.by_place[place]
        check(spelled_sum(plan, place, "params"), record.params)
        check(spelled_sum(plan, place, "macs"), record.macs)


def test_operations_and_the_input_have_no_parts() -> None:
    plan = blueprint("resnet50", 224)
    assert parts(plan, "conv1") == parts(plan, INPUT) == ()
