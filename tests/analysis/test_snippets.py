"""Every snippet runs by itself and makes the shape that the blueprint says."""

import contextlib
import io

import pytest
import torch

from resnet_viz.analysis.snippets import snippet, without_defaults
from resnet_viz.blueprint import blueprint
from resnet_viz.networks.catalog import NETWORKS
from resnet_viz.records import INPUT, NETWORK, Blueprint, Shape
from tests.networks.shallow import SHALLOW


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


def test_every_place_of_resnet50() -> None:
    plan = blueprint("resnet50", 64)
    for place in plan.places:
        check(plan, place)


@pytest.mark.parametrize("name", sorted(set(SHALLOW) - {"resnet50"}))
def test_a_sample_of_other_networks(name: str) -> None:
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


@pytest.mark.parametrize(
    ("code", "short"),
    [
        ("nn.BatchNorm2d(64, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)", "nn.BatchNorm2d(64)"),
        ("nn.BatchNorm2d(64, eps=0.001)", "nn.BatchNorm2d(64, eps=0.001)"),
        (
            "nn.Conv2d(3, 64, kernel_size=(7, 7), stride=(2, 2), padding=(3, 3), bias=False)",
            "nn.Conv2d(3, 64, kernel_size=(7, 7), stride=(2, 2), padding=(3, 3), bias=False)",
        ),
        (
            "nn.Conv2d(3, 64, kernel_size=(1, 1), stride=(1, 1), bias=False)",
            "nn.Conv2d(3, 64, kernel_size=(1, 1), bias=False)",
        ),
        ("torch.flatten(x, start_dim=1)", "torch.flatten(x, start_dim=1)"),
        ("torch.add", "torch.add"),
    ],
)
def test_defaults_are_left_out(code: str, short: str) -> None:
    assert without_defaults(code) == short
