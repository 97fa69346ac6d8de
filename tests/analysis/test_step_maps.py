"""The maps of a block's steps: what they hold, and what their colours span."""

import numpy as np
import pytest
import torch

from resnet_viz.analysis.dissection import dissect
from resnet_viz.analysis.step_maps import CELLS, SHORTCUT, X, all_steps, step_name
from resnet_viz.blueprint import read_blueprint
from resnet_viz.forward.run import compile_program, forward
from resnet_viz.networks.catalog import build


def taken_apart(network: str, place: str):
    model = build(network, classes=5)
    plan = read_blueprint(model, network, 64)
    program = compile_program(model, plan)
    x = torch.randn(1, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    return dissect(program, plan, forward(program, x), place)


@pytest.fixture(scope="module")
def identity():
    return taken_apart("resnet18", "layer2.1")


def test_means_add_up_as_the_tensors_do(identity) -> None:
    steps = all_steps(identity, "mean", 0)
    branch, shortcut, total = (steps[id].heatmap.values for id in (identity.block.branch[-1], SHORTCUT, identity.sum))
    assert np.allclose(branch + shortcut, total, atol=1e-6)
    assert np.array_equal(shortcut, steps[X].heatmap.values)
    assert list(steps) == [X, *identity.block.layers, SHORTCUT, *CELLS]


def test_one_scale_spans_the_parts_of_the_sum(identity) -> None:
    steps = all_steps(identity, "mean", 0)
    parts = [steps[id] for id in (X, identity.block.branch[-1], SHORTCUT, identity.sum, identity.block.output)]
    low, high = parts[0].limits
    assert -low == high == max(max(abs(p.heatmap.low), abs(p.heatmap.high)) for p in parts)
    assert {steps[id].limits for id in (*identity.block.layers, X)} == {(low, high)}
    assert all(steps[id].heatmap.signed for id in identity.block.layers), "one scale means one kind of colours"


def test_a_norm_has_a_scale_from_its_least_to_its_largest(identity) -> None:
    steps = all_steps(identity, "norm", 0)
    assert not steps[X].heatmap.signed
    assert steps[X].limits[0] >= 0 and steps[X].limits[1] >= steps[identity.block.output].heatmap.high


def test_each_map_on_its_own_scale(identity) -> None:
    steps = all_steps(identity, "max", 0, own=True)
    for id in identity.block.layers:
        heatmap = steps[id].heatmap
        far = max(abs(heatmap.low), abs(heatmap.high))
        assert steps[id].limits == ((-far, far) if heatmap.signed else (heatmap.low, heatmap.high))


def test_cells_have_scales_that_mean_something(identity) -> None:
    steps = all_steps(identity, "mean", 0)
    assert steps["cosine"].limits == (-1.0, 1.0) and steps["cosine"].heatmap.signed
    assert steps["norm_branch"].limits == steps["norm_shortcut"].limits
    assert steps["ratio"].limits == (0.0, steps["ratio"].heatmap.high)


def test_a_channel_that_a_step_does_not_have_leaves_it_out() -> None:
    found = taken_apart("resnet18", "layer2.0")  # 64 channels come in, 128 go out
    steps = all_steps(found, "channel", 100)
    assert X not in steps and SHORTCUT not in steps and found.block.output in steps
    assert np.array_equal(steps[found.sum].heatmap.values, found.values[found.sum][0, 100].numpy())


def test_a_plain_block_has_no_shortcut_and_no_cells() -> None:
    found = taken_apart("plain18", "layer2.0")
    assert list(all_steps(found, "mean", 0)) == [X, *found.block.layers]
    assert step_name(found.block, found.block.branch[-1]) == "bn2 = F(x)"
