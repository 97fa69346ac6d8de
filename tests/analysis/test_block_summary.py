"""The numbers that are kept of a dissection, against its tensors."""

import pytest

from resnet_viz.analysis.block_summary import summary
from resnet_viz.analysis.dissection import dissect, norms
from resnet_viz.blueprint import read_blueprint
from resnet_viz.forward.run import forward


def test_a_block_in_numbers(tiny, tiny_program, images) -> None:
    plan = read_blueprint(tiny, "tiny", 16)
    found = dissect(tiny_program, plan, forward(tiny_program, images[0]), "layer2.0")
    kept = summary(plan, found)
    assert kept.norms == norms(found.branch, found.shortcut) and kept.error == 0.0
    assert list(kept.steps) == ["layer1.0.relu_1", *found.block.layers]
    for place, row in kept.steps.items():
        value = found.values[place].double()
        assert (row.mean, row.units) == (pytest.approx(float(value.mean())), value.numel())
        assert (row.zeros is not None) == (plan.layer(place).kind == "relu")
    assert kept.largest == float(found.values[found.block.output].max())
    assert kept.output.place == found.block.output and kept.fewest_channels == 8
    assert found.branch[0, kept.strongest].abs().max() == found.branch.abs().max()
