"""Several pictures: each comes to what it comes to alone, a bad file is set aside, and no stops it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from resnet_viz.analysis.class_maps import grad_cam
from resnet_viz.analysis.heatmaps import reduce
from resnet_viz.analysis.several import HOWS, Given, How, Question, Refused, Seen, look_at, look_at_each, maps_by_name
from resnet_viz.blueprint import blueprint
from resnet_viz.forward.images import decode, prepare, samples
from resnet_viz.forward.run import compile_program, forward, predictions, value
from resnet_viz.networks.weights import load

NETWORK, SIZE, PLACE = "resnet18", 64, "stage3"
LOADED = load(NETWORK, "none")
PROGRAM = compile_program(LOADED.model, NETWORK)
FILES = [
    Given(sample.name, sample.name, f"assets/samples/{sample.name}.jpg", sample.path.read_bytes)
    for sample in samples()[:2]
]
BAD = Given("bad", "bad/one.jpg", "", lambda: b"no picture")


def question(how: How) -> Question:
    return Question(PROGRAM, LOADED.info, blueprint(NETWORK, SIZE), "crop", PLACE, how)


@pytest.mark.parametrize("how", HOWS)
def test_each_is_what_it_is_alone(how: How) -> None:
    asked: list[tuple[int, int]] = []
    found = look_at_each(
        [FILES[0], BAD, FILES[1]], partial(look_at, question=question(how)), lambda *what: not asked.append(what)
    )
    assert found is not None
    assert asked == [(0, 3), (1, 3), (2, 3)]
    first, bad, last = found
    assert isinstance(bad, Refused) and (bad.given.name, bad.error.code) == ("bad/one.jpg", "image_unknown")
    for one, file in ((first, FILES[0]), (last, FILES[1])):
        assert isinstance(one, Seen) and one.name == file.name
        kept = forward(PROGRAM, prepare(decode(file.read()), LOADED.info.transforms, SIZE).tensor)
        best = predictions(kept, LOADED.info)
        assert one.answers == best
        if how == "grad-cam":
            expected = grad_cam(PROGRAM, kept, PLACE, best[0].index)
        else:
            expected = reduce(value(PROGRAM, kept, PLACE), PLACE, how)
        np.testing.assert_array_equal(one.heatmap.values, expected.values)


def test_no_ends_it() -> None:
    assert look_at_each(FILES, partial(look_at, question=question("mean")), lambda done, _: done < 1) is None


def test_arrays_have_names_that_any_system_takes() -> None:
    found = [look_at(one, question("mean")) for one in (replace(FILES[0], name="a/b c.jpg"), FILES[1])]
    assert list(maps_by_name([one for one in found if isinstance(one, Seen)])) == ["001_a_b_c.jpg", "002_coffee"]
