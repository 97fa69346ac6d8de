"""The loss around weights: directions by their definition, losses against a network moved by hand, summaries by hand."""

from __future__ import annotations

import copy
import math

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from resnet_viz.analysis.landscape import Plane, Surroundings, as_csv, coordinates, direction, measure, spiral
from resnet_viz.analysis.landscape_record import Recipe, Stored, from_json, to_json

TARGETS = torch.tensor([0, 4, 2])


@pytest.fixture
def batch() -> Tensor:
    return torch.randn(3, 3, 16, 16, generator=torch.Generator().manual_seed(1))


def matrices(model: nn.Module) -> dict[str, Tensor]:
    return {name: weight.detach() for name, weight in model.named_parameters() if weight.dim() > 1}


def test_each_filter_of_a_direction_is_as_long_as_the_networks_own(tiny) -> None:
    weights = matrices(tiny)
    found = direction(weights, 5)
    assert found.keys() == weights.keys()
    for name, weight in weights.items():
        for drawn, own in zip(found[name], weight, strict=True):
            assert float(drawn.norm()) == pytest.approx(float(own.norm()), rel=1e-5)
            assert not torch.allclose(drawn, own)


def test_a_seed_and_a_name_make_a_direction(tiny) -> None:
    weights = matrices(tiny)
    one, same, other = direction(weights, 5), direction(dict(reversed(weights.items())), 5), direction(weights, 6)
    few = direction({"fc.weight": weights["fc.weight"]}, 5)
    assert all(torch.equal(one[name], same[name]) and not torch.equal(one[name], other[name]) for name in weights)
    assert torch.equal(few["fc.weight"], one["fc.weight"])


def test_losses_are_those_of_a_network_moved_by_hand(tiny, batch) -> None:
    around = Surroundings(tiny, batch, TARGETS, seeds=(3, 4))
    first, second = direction(matrices(tiny), 3), direction(matrices(tiny), 4)
    for a, b in ((0.4, -0.2), (0.0, 0.0), (-1.0, 1.0)):
        moved = copy.deepcopy(tiny)
        with torch.no_grad():
            for name, weight in moved.named_parameters():
                if weight.dim() > 1:
                    weight.add_(a * first[name] + b * second[name])
            logits = moved(batch)
        loss, right = around.loss(a, b)
        assert loss == pytest.approx(float(functional.cross_entropy(logits, TARGETS)), rel=1e-4)
        assert right == pytest.approx(float((logits.argmax(1) == TARGETS).double().mean()))


def test_the_network_that_is_given_stays_as_it_is(tiny, batch) -> None:
    before = {name: value.clone() for name, value in tiny.state_dict().items()}
    around = Surroundings(tiny, batch, TARGETS)
    once = around.loss(0, 0)
    around.loss(0.7, 0.1)
    assert around.loss(0, 0) == once
    assert all(torch.equal(before[name], value) for name, value in tiny.state_dict().items())


def test_what_is_no_number_is_infinitely_wrong(tiny, batch) -> None:
    model = copy.deepcopy(tiny)
    nn.init.constant_(model.fc.weight, 1e38)
    assert Surroundings(model, batch, TARGETS).loss(0, 0)[0] == math.inf


def test_coordinates_have_the_weights_in_their_middle() -> None:
    assert coordinates(5) == (-1, -0.5, 0, 0.5, 1)
    assert coordinates(3, 0.5) == (-0.5, 0, 0.5)
    for points in (1, 4):
        with pytest.raises(ValueError, match="odd"):
            coordinates(points)


def test_a_grid_is_walked_from_its_middle() -> None:
    walk = spiral(5)
    assert walk[0] == (2, 2) and len(set(walk)) == 25
    assert set(walk[:9]) == {(row, column) for row in (1, 2, 3) for column in (1, 2, 3)}


@pytest.fixture
def around() -> Surroundings:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Flatten(), nn.Linear(12, 2))
    return Surroundings(model, torch.randn(4, 3, 2, 2), torch.tensor([0, 1, 1, 0]))


def test_every_point_of_a_grid_is_measured(around) -> None:
    seen: list[tuple[int, int]] = []
    plane = measure(around, 3, lambda *now: seen.append(now))
    assert seen == [(i, 9) for i in range(1, 10)]
    assert [[around.loss(a, b)[0] for a in plane.at] for b in plane.at] == [list(row) for row in plane.losses]
    assert plane.right[1][1] == around.loss(0, 0)[1]


@pytest.mark.parametrize(("stop", "side"), [(1, 1), (8, 1), (9, 3), (24, 3), (25, 5)])
def test_what_is_stopped_is_whole_inside(around, stop: int, side: int) -> None:
    done: list[int] = []
    plane = measure(around, 5, lambda now, _: done.append(now), lambda: len(done) >= stop)
    whole = measure(around, 5)
    cut = slice((5 - side) // 2, (5 + side) // 2)
    assert plane.at == whole.at[cut]
    assert plane.losses == tuple(row[cut] for row in whole.losses[cut])
    assert plane.centre == whole.centre


def bowl() -> Plane:
    losses = ((9.0, 4.0, 9.0), (1.0, 0.5, 3.0), (9.0, 0.4, math.inf))
    return Plane((-1.0, 0.0, 1.0), losses, ((0.0, 0.0, 0.0), (0.5, 1.0, 0.0), (0.0, 1.0, 0.0)))


def test_summaries_by_hand() -> None:
    plane = bowl()
    assert plane.centre == 0.5
    assert plane.lowest == (0.4, 0.0, 1.0)
    assert plane.within(1.0) == pytest.approx(3 / 9)
    # To the right 0.5 -> 3: 1.5 of 2.5. To the left 1 and below 0.4: never. Above 0.5 -> 4: 1.5 of 3.5.
    assert plane.reach(2.0) == pytest.approx((0.6 + 1 + 1 + 1.5 / 3.5) / 4)
    assert plane.reach(100.0) == 1


def test_csv_has_a_row_for_each_point() -> None:
    lines = as_csv([("tiny", bowl())]).splitlines()
    assert len(lines) == 10 and lines[2] == "tiny,0.0,-1.0,4.0,0.0" and lines[-1].split(",")[3] == "inf"


def test_what_is_stored_comes_back() -> None:
    recipe = Recipe("tiny", "ab", 3, 16, (0, 1), "data", "directions", "bn", {"torch": "2"}, "command")
    stored = Stored(recipe, bowl())
    assert from_json(to_json(stored)) == stored
