"""Worked solutions: every equation holds, and the last number is the answer, for every part of every network asked about."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from resnet_viz.learn.exercise import Quantity, Step
from resnet_viz.learn.formulas import number, sides
from resnet_viz.learn.plans import plan
from resnet_viz.learn.trail import runs, trail
from resnet_viz.learn.worked import solution

NETWORKS = ("resnet18", "resnet34", "resnet50", "resnet50-v1", "resnet152", "vgg16", "alexnet", "googlenet", "lenet5")
SIZE = 200
"""Not a power of two times anything: halves are rounded."""


def holds(formula: str) -> bool:
    """Whether both sides of an equation are the same number: its LaTeX, read as arithmetic."""
    python = re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"Fraction(\1, \2)", formula.replace("{,}", ""))
    for latex, code in (
        (r"\left\lfloor", "floor("),
        (r"\left\lceil", "ceil("),
        (r"\right\rfloor", ")"),
        (r"\right\rceil", ")"),
        (r"\cdot", "*"),
        (" = ", " == "),
    ):
        python = python.replace(latex, code)
    known = {"Fraction": Fraction, "floor": lambda value: value // 1, "ceil": lambda value: -(-value // 1)}
    return bool(eval(python, {"__builtins__": {}}, known))


def check(steps: tuple[Step, ...]) -> None:
    for step in steps:
        if "=" in step.formula:
            assert holds(step.formula), step.formula


def last_number(steps: tuple[Step, ...]) -> str:
    return next(step.formula for step in reversed(steps) if step.formula).split(" = ")[-1]


@pytest.mark.parametrize("network", NETWORKS)
def test_costs_of_every_part(network: str) -> None:
    found = plan(network, None if network == "lenet5" else SIZE)
    layers = [layer for layer in found.layers if layer.kind in {"conv", "linear"}]
    blocks = [block for block in found.blocks if block.kind != "inception"]
    quantities: tuple[Quantity, ...] = ("params", "macs")
    for record in (*layers, *blocks):
        for quantity in quantities:
            steps = solution(found, record, quantity)
            check(steps)
            assert last_number(steps) == number(getattr(record, quantity)), (record.name, quantity)
    for stage in found.stages:
        if stage.params and network != "googlenet":
            steps = solution(found, stage, "params")
            check(steps)
            assert last_number(steps) == number(stage.params), stage.name


@pytest.mark.parametrize("network", NETWORKS)
def test_shapes_and_fields_of_every_part(network: str) -> None:
    found = plan(network, None if network == "lenet5" else SIZE)
    windows = [layer for layer in found.layers if "kernel_size" in layer.options]
    for record in (*windows, *(block for block in found.blocks if block.kind != "inception"), *found.stages):
        steps = solution(found, record, "shape")
        check(steps)
        assert steps[-1].formula.split(r" \to ")[-1] == sides(record.output_shape)
    for record in (*windows, *found.stages):
        steps = solution(found, record, "field")
        check(steps)
        assert last_number(steps) == number(record.receptive_field), record.name


def test_the_way_to_a_place_is_the_main_path() -> None:
    found = plan("resnet50")
    names = [layer.name for layer in trail(found, "layer1.0.add")]
    assert "layer1.0.conv2" in names and "layer1.0.downsample.0" not in names
    assert names[0] == "conv1" and names[-1] == "layer1.0.add"


def test_the_fields_of_the_paper_run_by_run() -> None:
    found = plan("resnet50-v1")
    grown = [(run.places[0], run.growth) for run in runs(found, found.stages[-1].output) if run.growth]
    # 7x7 at every pixel, 3x3 at every second, then 3, 4, 6 and 3 windows of 3x3 at 4, 8, 16 and 32 pixels.
    assert [growth for _, growth in grown] == [6, 4, 3 * 2 * 4, 4 * 2 * 8, 6 * 2 * 16, 3 * 2 * 32]
    assert 1 + sum(growth for _, growth in grown) == 483


def test_what_is_not_asked() -> None:
    found = plan("resnet50")
    with pytest.raises(ValueError, match="field of layer1"):
        solution(found, found.block("layer1.0"), "field")
