"""Every snippet runs by itself and makes the shape that the blueprint says."""

import contextlib
import io

import pytest
import torch

from resnet_viz.analysis.snippets import snippet
from resnet_viz.blueprint import blueprint
from resnet_viz.networks.catalog import NETWORKS
from resnet_viz.records import INPUT, NETWORK, Blueprint, Shape


def printed(code: str) -> str:
    """What a snippet prints, run in an empty namespace."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), torch.inference_mode():
        exec(compile(code, "snippet", "exec"), {})  # the snippet is this project's own
    return out.getvalue().strip()


def shape_of(plan: Blueprint, place: str) -> Shape:
    if place == INPUT:
        return plan.input_shape
    return plan.layers[-1].output_shape if place == NETWORK else plan.by_place[place].output_shape


def check(plan: Blueprint, place: str) -> None:
    code = snippet(plan, place)
    expected = str((1, *shape_of(plan, place)))
    assert printed(code) == expected, code
    assert code.endswith(f"# {expected}"), code


@pytest.mark.parametrize("size", [32, 96])
def test_every_place_of_resnet50(size: int) -> None:
    plan = blueprint("resnet50", size)
    for place in plan.places:
        check(plan, place)


@pytest.mark.parametrize("name", sorted(set(NETWORKS) - {"resnet50"}))
def test_a_sample_of_every_other_network(name: str) -> None:
    spec = NETWORKS[name]
    plan = blueprint(name, max(spec.min_size, min(64, spec.max_size)))
    operations = {layer.kind: layer.name for layer in plan.layers}  # the last one of each kind
    blocks = {(block.label, block.s): block.name for block in plan.blocks}
    for place in (INPUT, *operations.values(), *blocks.values(), *(stage.name for stage in plan.stages)):
        check(plan, place)


def test_a_bottleneck_reads_like_the_figure() -> None:
    code = snippet(blueprint("resnet50", 224), "layer1.1")
    lines = [line.split("  # ")[0] for line in code.splitlines()]
    assert lines[3] == "x = torch.randn(1, 256, 56, 56)"
    assert [line.split(" = ")[0] for line in lines[4:-1]] == [
        "conv1", "bn1", "relu", "conv2", "bn2", "relu_1", "conv3", "bn3", "add", "relu_2",
    ]  # fmt: skip
    assert lines[12] == "add = torch.add(bn3, x)"
