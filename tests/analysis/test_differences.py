"""What two networks differ in, against arithmetic by hand, and the CSV of it."""

from __future__ import annotations

import csv

import pytest

from resnet_viz.analysis.alignment import Alignment, align
from resnet_viz.analysis.differences import Entry, as_csv, differences
from resnet_viz.blueprint import blueprint


def aligned(left: str, right: str, size: int = 224) -> Alignment:
    return align(blueprint(left, size), blueprint(right, size))


def test_shortcuts_are_all_that_a_twin_lacks() -> None:
    # Weights of the four 1x1 projections, and two numbers a channel of their batch norms.
    channels = ((64, 256), (256, 512), (512, 1024), (1024, 2048))
    weights = sum(before * after for before, after in channels)
    norms = sum(2 * after for _, after in channels)
    macs = sum(before * after * side**2 for (before, after), side in zip(channels, (56, 28, 14, 7), strict=True))
    found = aligned("resnet50", "plain50")
    assert differences(found) == (
        Entry("additions", 16, 0, 0, 0),
        Entry("projections", 4, 0, weights, macs),
        Entry("projection_norms", 4, 0, norms, 0),
    )
    assert weights + norms == 2_776_576 == found.left.params - found.right.params


def test_the_other_way_round_it_is_less() -> None:
    one, other = differences(aligned("resnet50", "plain50")), differences(aligned("plain50", "resnet50"))
    assert [(e.part, e.left, e.params, e.macs) for e in one] == [(e.part, e.right, -e.params, -e.macs) for e in other]


def test_v1_saves_the_macs_of_the_paper() -> None:
    entries = {entry.part: entry for entry in differences(aligned("resnet50", "resnet50-v1"))}
    assert set(entries) == {"additions", "projections", "projection_norms", "changed"}
    assert entries["additions"].left == entries["additions"].right == 16
    assert entries["changed"] == Entry("changed", 12, 12, 0, 231_211_008)


@pytest.mark.parametrize("pair", [("resnet18", "resnet34"), ("resnet50", "vgg16"), ("googlenet", "alexnet")])
def test_parts_reconcile_with_the_networks(pair: tuple[str, str]) -> None:
    found = aligned(*pair, size=64)
    entries = differences(found)
    assert sum(entry.params for entry in entries) == found.left.params - found.right.params
    assert sum(entry.macs for entry in entries) == found.left.macs - found.right.macs


def test_a_network_does_not_differ_from_itself() -> None:
    assert all(entry.params == entry.macs == 0 for entry in differences(aligned("plain18", "plain18", 64)))
    assert differences(aligned("vgg16", "vgg16", 64)) == ()


def test_csv_has_all_rows_and_reconciles() -> None:
    found = aligned("resnet50", "plain50")
    rows = list(csv.DictReader(as_csv(found).splitlines()))
    assert len(rows) == len(found.rows) == 175
    assert sum(int(row["params_diff"]) for row in rows) == 2_776_576
    assert sum(int(row["left_params"] or 0) for row in rows) == 25_557_032
    alone = next(row for row in rows if row["left_place"] == "layer1.0.downsample.0")
    assert alone["mark"] == "left" and alone["right_place"] == "" and alone["left_output_shape"] == "256x56x56"
