"""Blocks drawn at random: the draws, the probabilities against passes of their own, summaries by hand."""

from __future__ import annotations

import pytest
import torch

from resnet_viz.analysis.lesions import Lesion, cut, removable
from resnet_viz.analysis.random_drops import Dropped, Drops, as_csv, draw, drops
from resnet_viz.blueprint import blueprint
from resnet_viz.forward.run import compile_program, forward
from resnet_viz.networks.catalog import build

SIZE = 32
CLASS = 7


def test_draws_are_sets_of_each_size_and_the_same_for_a_seed() -> None:
    blocks = list("abcdef")
    found = draw(blocks, 4, 1)
    assert [len(sets) for sets in found] == [1, 4, 4, 4, 4, 4, 1]
    assert all(len(set(one)) == count and set(one) <= set(blocks) for count, sets in enumerate(found) for one in sets)
    assert found == draw(blocks, 4, 1) != draw(blocks, 4, 2)


@pytest.mark.parametrize("network", ["resnet18", "plain18"])
def test_probabilities_are_those_of_whole_passes(network: str) -> None:
    plan, program = blueprint(network, SIZE), compile_program(build(network), network)
    x = torch.randn(1, 3, SIZE, SIZE, generator=torch.Generator().manual_seed(0))
    draws = draw(removable(plan), 2, 0)
    done: list[tuple[int, int]] = []
    found = drops(program, plan, forward(program, x), CLASS, draws, progress=lambda *now: done.append(now))

    def probability(blocks: tuple[str, ...]) -> float:
        after = cut(program, plan, [Lesion(block, "branch") for block in blocks])
        return float(forward(after, x).logits.double().softmax(0)[CLASS])

    assert found.whole == found.rows[0].mean == probability(())
    assert found.alone == tuple((block, probability((block,))) for block, _ in found.alone)
    assert len(found.alone) == {"resnet18": 8, "plain18": len(removable(plan))}[network]
    for row, sets in zip(found.rows, draws, strict=True):
        assert row.probabilities == tuple(probability(blocks) for blocks in sets)
    passes = len(found.alone) + sum(map(len, draws))
    assert done == [(n, passes) for n in range(1, passes + 1)]


def test_what_is_stopped_keeps_whole_rows() -> None:
    plan, program = blueprint("resnet18", SIZE), compile_program(build("resnet18"), "resnet18")
    kept = forward(program, torch.zeros(1, 3, SIZE, SIZE))
    draws, done = draw(removable(plan), 3, 0), []
    found = drops(
        program,
        plan,
        kept,
        0,
        draws,
        progress=lambda now, _: done.append(now),
        cancelled=lambda: len(done) >= 8 + 1 + 3 + 1,
    )
    assert [len(row.probabilities) for row in found.rows] == [1, 3] and len(found.alone) == 8


def by_hand() -> Drops:
    rows = (Dropped(0, (0.8,)), Dropped(1, (0.6, 0.4)), Dropped(2, (0.4, 0.3)), Dropped(3, (0.1,)))
    return Drops(0.8, (("a", 0.7), ("b", 0.2)), rows)


def test_summaries_by_hand() -> None:
    found = by_hand()
    assert [row.mean for row in found.rows] == pytest.approx([0.8, 0.5, 0.35, 0.1])
    assert found.hardest == ("b", 0.2) and found.half() == 2
    assert Drops(0.1, (), found.rows).half() is None


def test_csv_holds_every_pass() -> None:
    draws = (((),), (("a",), ("b",)), (("a", "b"), ("b", "c")), (("a", "b", "c"),))
    lines = as_csv([("ResNet-18", by_hand())], draws).splitlines()
    assert len(lines) == 1 + 2 + 6
    assert lines[1] == "ResNet-18,1,a,0.7" and lines[-1] == "ResNet-18,3,a b c,0.1"
