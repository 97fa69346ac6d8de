"""Rows of two networks: the same place beside the same place, nothing lost, nothing twice, nothing out of order."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from resnet_viz.analysis.alignment import Alignment, _pairs, align
from resnet_viz.blueprint import blueprint
from resnet_viz.records import NETWORK

PAIRS = (
    ("resnet50", "plain50"),
    ("plain34", "resnet18"),
    ("resnet50", "resnet50-v1"),
    ("resnet50", "vgg16"),
    ("vgg16", "vgg19"),
    ("googlenet", "resnet18"),
    ("alexnet", "lenet5"),
)


def aligned(left: str, right: str) -> Alignment:
    return align(*(blueprint(name, 32 if name == "lenet5" else 64) for name in (left, right)))


@pytest.mark.parametrize(("left", "right"), PAIRS)
def test_every_operation_is_in_one_row_and_in_order(left: str, right: str) -> None:
    found = aligned(left, right)
    assert [row.left for row in found.rows if row.left] == list(found.left.layers)
    assert [row.right for row in found.rows if row.right] == list(found.right.layers)
    assert all(row.left or row.right for row in found.rows)


@pytest.mark.parametrize(("left", "right"), PAIRS)
def test_the_rows_add_up_to_the_difference_of_the_networks(left: str, right: str) -> None:
    found = aligned(left, right)
    assert sum(row.params for row in found.rows) == found.left.params - found.right.params
    assert sum(row.macs for row in found.rows) == found.left.macs - found.right.macs


def test_a_plain_twin_lacks_the_additions_and_the_projections_alone() -> None:
    found = aligned("resnet50", "plain50")
    assert found.by_place
    assert {row.mark for row in found.rows} == {"same", "left"}
    alone = [row.left for row in found.rows if row.mark == "left"]
    assert [layer.name for layer in alone if layer and layer.kind == "add"] == [
        f"{b.name}.add" for b in found.left.blocks
    ]
    rest = [layer.name for layer in alone if layer and layer.kind != "add"]
    assert rest == [f"layer{stage}.0.downsample.{part}" for stage in (1, 2, 3, 4) for part in (0, 1)]


def test_v1_has_its_stride_elsewhere() -> None:
    found = aligned("resnet50", "resnet50-v1")
    changed = [row.left.name for row in found.rows if row.mark == "changed" and row.left]
    # conv1 strides in one of them, conv2 in the other; what stands between runs at another resolution.
    inside = ("conv1", "bn1", "relu", "conv2")
    assert changed == [f"layer{stage}.0.{part}" for stage in (2, 3, 4) for part in inside]


def test_other_families_are_aligned_by_resolution_and_kind() -> None:
    found = aligned("resnet50", "vgg16")
    assert not found.by_place
    for row in found.rows:
        if row.left and row.right:
            assert row.left.kind == row.right.kind
            assert (row.left.stage is None) == (row.right.stage is None)
            if row.left.stage is not None:
                assert row.left.step == row.right.step
    beside = {row.right.name: row.left and row.left.name for row in found.rows if row.right}
    assert beside["classifier.6"] == "fc"
    assert beside["features.9"] == "maxpool"
    assert beside["features.10"] == "layer1.0.conv2"  # a 3x3 beside a 3x3


@pytest.mark.parametrize(
    ("left", "right", "place", "there"),
    [
        ("resnet50", "plain50", "layer3.2.conv2", "layer3.2.conv2"),
        ("resnet50", "plain50", "layer3.2.add", "layer3.2"),
        ("resnet50", "plain50", "layer2.0.downsample.0", "layer2.0"),
        ("resnet34", "resnet18", "layer3.5.conv1", "stage3"),
        ("resnet50", "vgg16", "stage3", "stage5"),
        ("resnet50", "vgg16", "layer1.0.add", "stage3"),
        ("resnet50", "vgg16", "bn1", "stage2"),
        ("resnet50", "vgg16", "fc", "classifier.6"),
        ("resnet50", "plain50", NETWORK, NETWORK),
        ("resnet50", "plain50", "no.such.place", NETWORK),
        ("vgg16", "resnet50", "classifier.0", NETWORK),
    ],
)
def test_what_stands_beside_a_place(left: str, right: str, place: str, there: str) -> None:
    assert aligned(left, right).counterpart(place, "left") == there
    assert aligned(right, left).counterpart(place, "right") == there


def test_pairs_are_the_best_of_all_ways() -> None:
    """Against trying everything, on tables that are small enough."""
    random = np.random.default_rng(0)
    for _ in range(40):
        table = random.integers(0, 4, size=(4, 5))
        found = _pairs(table)
        assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(found))
        assert all(table[pair] > 0 for pair in found)
        assert sum(table[pair] for pair in found) == best_of_all(table)


def best_of_all(table: np.ndarray) -> int:
    rows, columns = table.shape
    best = 0
    for choice in product(range(-1, columns), repeat=rows):
        taken = [(i, j) for i, j in enumerate(choice) if j >= 0]
        if all(a[1] < b[1] for a, b in pairwise(taken)):
            best = max(best, sum(int(table[pair]) for pair in taken))
    return best
