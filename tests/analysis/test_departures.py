"""Distances between two passes, against NumPy, and where they part and meet."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from resnet_viz.analysis.departures import (
    Departure,
    as_csv,
    closest_after,
    departures,
    gap_map,
    has_map,
    route,
    widest,
)
from resnet_viz.blueprint import blueprint, read_blueprint
from resnet_viz.forward.run import forward, value
from resnet_viz.records import INPUT, NETWORK


def test_distances_are_numpys(tiny, tiny_program, images) -> None:
    first, second = ((tiny_program, forward(tiny_program, image)) for image in images[:2])
    places = route(read_blueprint(tiny, "tiny", 16))
    assert places[0] == INPUT and places[-1] == NETWORK and {"layer1.0", "layer2.0"} <= set(places)
    for row in departures(first, second, places):
        a, b = (value(*one, row.place).double().numpy().ravel() for one in (first, second))
        assert row.relative == pytest.approx(np.linalg.norm(b - a) / np.linalg.norm(a), rel=1e-6)
        assert row.cosine == pytest.approx(a @ b / np.linalg.norm(a) / np.linalg.norm(b), rel=1e-6)


def test_one_pass_does_not_depart_from_itself(tiny, tiny_program, images) -> None:
    one = tiny_program, forward(tiny_program, images[0])
    assert all(
        row.relative == 0 and row.cosine == pytest.approx(1)
        for row in departures(one, one, route(read_blueprint(tiny, "tiny", 16)))
    )


def test_all_zero_has_no_direction(tiny_program, images) -> None:
    one, zero = ((tiny_program, forward(tiny_program, x)) for x in (images[0], torch.zeros_like(images[0])))
    (found,) = departures(one, zero, [INPUT])
    assert found.relative == pytest.approx(1) and math.isnan(found.cosine)
    (found,) = departures(zero, one, [INPUT])
    assert math.isnan(found.relative) and math.isnan(found.cosine)


def test_the_map_of_what_differs(tiny_program, images) -> None:
    first, second = ((tiny_program, forward(tiny_program, image)) for image in images[:2])
    found = gap_map(first, second, "layer1.0")
    a, b = (value(*one, "layer1.0")[0].numpy() for one in (first, second))
    assert np.allclose(found.values, np.sqrt(((b - a) ** 2).sum(0)), rtol=1e-5)
    assert has_map(*first, "layer1.0") and not has_map(*first, "fc")


@pytest.mark.parametrize("network", ["vgg16", "googlenet", "resnet50"])
def test_every_network_has_a_route(network: str) -> None:
    plan = blueprint(network)
    assert set(route(plan)) <= {*plan.places, NETWORK} and len(route(plan)) == len(set(route(plan)))


def test_where_they_part_and_meet_by_hand() -> None:
    rows = [
        Departure(name, far, 0.5) for name, far in (("a", 0.1), ("b", 0.9), ("c", 0.3), ("d", math.nan), ("e", 0.4))
    ]
    assert widest(rows).place == "b"
    assert closest_after(rows) == rows[2]
    assert closest_after(rows[:2]) is None
    assert as_csv(rows).splitlines()[2] == "b,0.9,0.5"
