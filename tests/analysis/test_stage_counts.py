"""Weighted layers stage by stage, against the papers' tables and the totals."""

import pytest

from resnet_viz.analysis.rows import totals
from resnet_viz.analysis.stage_counts import stage_counts
from resnet_viz.blueprint import blueprint


def test_resnet_50_is_one_and_three_for_each_block() -> None:
    found = stage_counts(blueprint("resnet50"))
    assert [one.stage for one in found] == [0, 1, 2, 3, 4, None]
    assert [one.blocks for one in found] == [0, 3, 4, 6, 3, 0]
    assert [one.main_path for one in found] == [1, 9, 12, 18, 9, 0]
    assert [one.projections for one in found] == [0, 1, 1, 1, 1, 0]
    assert [one.linear for one in found] == [0, 0, 0, 0, 0, 1]


@pytest.mark.parametrize("network", ["resnet18", "plain34", "vgg16", "googlenet"])
def test_counts_add_up_to_the_totals(network: str) -> None:
    plan = blueprint(network)
    found, all_ = stage_counts(plan), totals(plan)
    assert sum(one.main_path for one in found) == all_.main_path
    assert sum(one.projections for one in found) == all_.projections
    assert sum(one.linear for one in found) == all_.linear
