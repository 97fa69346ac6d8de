"""Numbers of blocks: what is refused and what is offered instead, and the article's rules on the live network."""

from dataclasses import replace

import pytest

from resnet_viz.analysis.block_numbers import LIMITS, Rules, block_numbers, notes, numbers_of, rules, twins
from resnet_viz.blueprint import blueprint
from resnet_viz.errors import BlockError
from resnet_viz.records import BlockRecord

ARTICLE = [
    ("BTNK1", 64, 56, 64, 1),
    ("BTNK2", 256, 56, 64, 1),
    ("BTNK2", 256, 56, 64, 1),
    ("BTNK1", 256, 56, 128, 2),
    *[("BTNK2", 512, 28, 128, 1)] * 3,
    ("BTNK1", 512, 28, 256, 2),
    *[("BTNK2", 1024, 14, 256, 1)] * 5,
    ("BTNK1", 1024, 14, 512, 2),
    *[("BTNK2", 2048, 7, 512, 1)] * 2,
]
"""(C, W, C1, S) of the 16 blocks as the article's figure has them."""


def refused(**given: int) -> BlockError:
    with pytest.raises(BlockError) as caught:
        block_numbers("BTNK1", **{"c": 64, "w": 56, "c1": 64, "s": 1, **given})
    return caught.value


@pytest.mark.parametrize(
    ("given", "name", "nearest"),
    [({"c": 0}, "C", 1), ({"c": 5000}, "C", 2048), ({"w": -3}, "W", 1), ({"c1": 513}, "C1", 512), ({"s": 0}, "S", 1)],
)
def test_a_number_out_of_bounds_is_refused_with_the_nearest_that_would_do(
    given: dict[str, int], name: str, nearest: int
) -> None:
    error = refused(**given)
    assert error.code == "block_number"
    assert error.values["name"] == name
    assert error.values["possible"] == (nearest,)
    assert (error.values["low"], error.values["high"]) == LIMITS[name]


@pytest.mark.parametrize(
    ("c", "possible"), [(254, (252, 256)), (255, (256, 252)), (253, (252, 256)), (2, (4,)), (1, (4,))]
)
def test_an_identity_needs_four_times_as_many_channels_as_inside(c: int, possible: tuple[int, ...]) -> None:
    with pytest.raises(BlockError) as caught:
        block_numbers("BTNK2", c=c, w=8, c1=1, s=1)
    assert caught.value.code == "block_quarter"
    assert caught.value.values["possible"] == possible
    for channels in possible:
        assert block_numbers("BTNK2", c=channels, w=8, c1=1, s=1).output_shape == (channels, 8, 8)


def test_an_identity_reads_neither_c1_nor_s() -> None:
    numbers = block_numbers("BTNK2", c=256, w=56, c1=-7, s=99)
    assert (numbers.c1, numbers.s) == (64, 1)


@pytest.mark.parametrize(
    ("label", "c", "w", "c1", "s", "codes"),
    [
        ("BTNK1", 256, 56, 128, 2, []),
        ("BTNK1", 256, 1, 128, 2, ["stride_idle"]),
        ("BTNK1", 256, 7, 128, 2, ["rounded_up"]),
        ("BTNK1", 64, 56, 64, 1, ["no_neck"]),
        ("BTNK1", 256, 56, 64, 1, ["projection_idle"]),
        ("BTNK2", 256, 56, 64, 1, []),
    ],
)
def test_odd_numbers_are_remarked_on(label: str, c: int, w: int, c1: int, s: int, codes: list[str]) -> None:
    assert [note.code for note in notes(block_numbers(label, c=c, w=w, c1=c1, s=s))] == codes


def test_the_sixteen_blocks_have_the_articles_numbers() -> None:
    found = [numbers_of(block) for block in blueprint("resnet50").blocks]
    assert [(n.label, n.c, n.w, n.c1, n.s) for n in found] == ARTICLE


@pytest.mark.parametrize("network", ["resnet50", "resnet50-v1", "resnet101", "resnet152"])
def test_both_rules_hold_for_every_btnk1_and_say_nothing_of_btnk2(network: str) -> None:
    blocks = blueprint(network).blocks
    assert [rules(block) for block in blocks if block.label == "BTNK1"] == [Rules(True, True)] * 4
    assert {rules(block) for block in blocks if block.label == "BTNK2"} == {None}


def changed(block: BlockRecord, **values: int) -> BlockRecord:
    return replace(block, **values)


def test_a_block_that_breaks_a_rule_is_found() -> None:
    first, second = (blueprint("resnet50").block(name) for name in ("layer1.0", "layer2.0"))
    assert rules(changed(first, s=2)) == Rules(stride=False, channels=True)
    assert rules(changed(second, c1=256)) == Rules(stride=True, channels=False)


def test_twins_are_the_blocks_with_the_same_numbers() -> None:
    blocks = blueprint("resnet50").blocks
    twin = twins(block_numbers("BTNK2", c=512, w=28, c1=1, s=1), blocks)
    assert [block.name for block in twin] == ["layer2.1", "layer2.2", "layer2.3"]
    assert twins(block_numbers("BTNK1", c=512, w=28, c1=128, s=1), blocks) == ()
