"""The table of operations: its CSV, and totals that reconcile."""

import csv
from io import StringIO

import pytest

from resnet_viz.analysis.rows import COLUMNS, as_csv, cells, totals
from resnet_viz.blueprint import blueprint
from resnet_viz.networks.catalog import build


def test_totals_of_resnet50_reconcile() -> None:
    found = totals(blueprint("resnet50", 224))
    assert (found.convolutions, found.main_path, found.projections) == (53, 49, 4)
    assert (found.linear, found.additions) == (1, 16)
    assert found.params == 25_557_032
    assert found.macs == 4_089_184_256


@pytest.mark.parametrize("name", ["resnet18", "plain50", "vgg16", "lenet5"])
def test_totals_agree_with_the_module(name: str) -> None:
    found = totals(blueprint(name))
    assert found.params == sum(tensor.numel() for tensor in build(name, device="meta").parameters())
    assert found.convolutions == found.main_path + found.projections


def test_a_plain_network_has_neither_projections_nor_additions() -> None:
    found = totals(blueprint("plain50", 224))
    assert (found.projections, found.additions, found.convolutions) == (0, 0, 49)


def test_the_csv_has_a_row_for_each_operation_and_adds_up() -> None:
    plan = blueprint("resnet50", 224)
    rows = list(csv.DictReader(StringIO(as_csv(plan))))
    assert tuple(rows[0]) == COLUMNS
    assert [row["name"] for row in rows] == [layer.name for layer in plan.layers]
    assert sum(int(row["params"]) for row in rows) == 25_557_032
    assert sum(int(row["macs"]) for row in rows) == 4_089_184_256


def test_cells_leave_empty_what_is_not_there() -> None:
    plan = blueprint("resnet50", 224)
    assert cells(plan.layer("conv1")) == ("conv1", "conv", "0", "", "64x112x112", "9408", "118013952", "7")
    assert cells(plan.layer("fc"))[2:5] == ("", "", "1000")
