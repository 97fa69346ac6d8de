"""The history of depth against the papers' own counts and the numbers that torchvision publishes."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from resnet_viz.analysis.family import FAMILY, as_csv, depth_parts, member
from resnet_viz.blueprint import blueprint

# name: depth, all weighted layers, parameters, MACs at 224 (32 for LeNet-5), top-1 of the first weights
EXPECTED = {
    "lenet5": (5, 5, 61_706, 416_520, None),
    "alexnet": (8, 8, 61_100_840, 714_188_480, 56.522),
    "vgg16": (16, 16, 138_357_544, 15_470_264_320, 71.592),
    "vgg19": (19, 19, 143_667_240, 19_632_062_464, 72.376),
    "googlenet": (22, 58, 6_624_904, 1_498_376_192, 69.778),
    "resnet18": (18, 21, 11_689_512, 1_814_073_344, 69.758),
    "resnet34": (34, 37, 21_797_672, 3_663_761_408, 73.314),
    "resnet50": (50, 54, 25_557_032, 4_089_184_256, 76.130),
    "resnet101": (101, 105, 44_549_160, 7_801_405_440, 77.374),
    "resnet152": (152, 156, 60_192_808, 11_513_626_624, 78.312),
}


@pytest.fixture(scope="module")
def members():
    return [member(origin, blueprint(origin.network)) for origin in FAMILY]


def test_every_number_of_the_history(members):
    assert [found.origin.network for found in members] == list(EXPECTED)
    for found in members:
        depth, weighted, params, macs, top1 = EXPECTED[found.origin.network]
        assert (found.depth, found.weighted, found.params, found.macs) == (depth, weighted, params, macs)
        first = found.accuracy("imagenet-v1")
        assert (first.top1 if first else None) == top1
        assert found.shortcuts == found.origin.network.startswith("resnet")


def test_years_do_not_go_back(members):
    years = [found.origin.year for found in members]
    assert years == sorted(years) and years[0] == 1998 and years[-1] == 2015


def test_a_newer_recipe_is_another_row_of_the_same_network(members):
    by_name = {found.origin.network: found for found in members}
    newer = by_name["resnet50"].accuracy("imagenet-v2")
    assert newer is not None and (newer.top1, newer.top5) == (80.858, 95.434)
    assert by_name["vgg16"].accuracy("imagenet-v2") is None


@pytest.mark.parametrize(
    ("network", "counted", "beside"),
    [
        # 1 + 3 x (3, 4, 6, 3) + 1, and a projection at the start of each stage
        ("resnet50", [1, 9, 12, 18, 9, 1], [0, 1, 1, 1, 1, 0]),
        # two convolutions deep in each of nine inceptions, of six
        ("googlenet", [1, 2, 4, 10, 4, 1], [0, 0, 8, 20, 8, 0]),
        ("vgg16", [2, 2, 3, 3, 3, 3], [0] * 6),
    ],
)
def test_depth_stage_by_stage(network, counted, beside):
    plan = blueprint(network)
    parts = depth_parts(plan)
    assert [len(part.counted) for part in parts] == counted
    assert [len(part.beside) for part in parts] == beside
    assert sum(counted) == plan.depth


def test_what_a_residual_network_does_not_count_are_its_projections():
    plan = blueprint("resnet50")
    beside = {place for part in depth_parts(plan) for place in part.beside}
    assert beside == {block.projection[0] for block in plan.blocks if block.projection}


def test_csv(members):
    rows = list(csv.DictReader(StringIO(as_csv(members))))
    assert len(rows) == len(FAMILY)
    assert rows[0]["top1_v1"] == "" and rows[7]["top1_v2"] == "80.858"
    assert rows[7]["parameters"] == "25557032"
