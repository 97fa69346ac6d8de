"""Each script of the channels, run, prints what the analysis has."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from resnet_viz.analysis.channels import STATISTICS, influence, ranking, statistics
from resnet_viz.analysis.convolutions import convolution, strength
from resnet_viz.analysis.one_cell import working
from resnet_viz.analysis.scripts import opening
from resnet_viz.analysis.scripts_channels import PRINTED, gallery_lines, step_lines, weights_lines
from resnet_viz.blueprint import blueprint
from resnet_viz.forward.images import decode, prepare
from resnet_viz.forward.run import compile_program, forward, value
from resnet_viz.networks import weights

ROOT = Path(__file__).parents[2]
CAT = "assets/samples/cat.jpg"
NETWORK, SIZE = "resnet18", 64
PLAN = blueprint(NETWORK, SIZE)


@pytest.fixture(scope="module")
def loaded():
    return weights.load(NETWORK, "none")


@pytest.fixture(scope="module")
def program(loaded):
    return compile_program(loaded.model, NETWORK)


@pytest.fixture(scope="module")
def kept(loaded, program):
    decoded = decode((ROOT / CAT).read_bytes(), "picture")
    return forward(program, prepare(decoded, loaded.info.transforms, SIZE, "crop").tensor)


@pytest.fixture
def printed(loaded, monkeypatch, capsys):
    """Runs the opening and more lines; returns the numbers of every line that was printed after the answer."""
    monkeypatch.chdir(ROOT)

    def run(lines: str) -> list[list[float]]:
        script = opening(NETWORK, loaded.info, SIZE, "crop", CAT) + lines
        exec(compile(script, "script", "exec"), {"__name__": "script"})
        said = [line for line in capsys.readouterr().out.splitlines() if "probability" not in line]
        return [[float(n) for n in re.findall(r"-?\d+\.?\d*(?:e[-+]\d+)?", line)] for line in said]

    return run


@pytest.mark.parametrize("place", ["stage1", "layer2.0.add", "layer2.0.relu", "input"])
def test_the_gallery(place, program, kept, printed):
    found = statistics(value(program, kept, place))
    orders = {name: found.of(name) for name in STATISTICS} | {"influence": influence(program, kept, place, 3)}
    for order, numbers in orders.items():
        lines = gallery_lines(PLAN, place, order, 3 if order == "influence" else None)
        rows = printed(lines)
        best = ranking(numbers)[:PRINTED]
        assert [numbers[int(row[0])] for row in rows[: len(best)]] == pytest.approx(numbers[list(best)], rel=1e-4)
        assert [row[1] for row in rows[: len(best)]] == pytest.approx(numbers[list(best)], rel=1e-4, abs=1e-7)
    assert rows[-1][0] == pytest.approx(numbers.sum(), rel=1e-4)


def test_the_smallest_first(program, kept, printed):
    numbers = statistics(value(program, kept, "layer3.1")).mean
    rows = printed(gallery_lines(PLAN, "layer3.1", "mean", None, lowest_first=True))
    assert [row[1] for row in rows] == pytest.approx(
        numbers[list(ranking(numbers, lowest_first=True)[:PRINTED])], rel=1e-4
    )


@pytest.mark.parametrize("place", ["conv1", "layer2.0.downsample.0"])
def test_the_weights(place, program, printed):
    found = convolution(program, place)
    row = strength(found.weight)[7]
    best = np.argsort(-np.abs(row), kind="stable")[:PRINTED]
    rows = printed(weights_lines(found, 7))[: len(best)]
    assert [int(line[0]) for line in rows] == best.tolist()
    assert [line[1] for line in rows] == pytest.approx(row[best], rel=1e-4)


@pytest.mark.parametrize(
    ("place", "cell"), [("conv1", (0, 31)), ("layer2.0.conv2", (3, 0)), ("layer3.0.downsample.0", (2, 1))]
)
def test_one_cell(place, cell, program, kept, printed):
    found = working(program, PLAN, place, 9, partial(value, program, kept))
    rows = printed(step_lines(found, cell))
    assert [int(row[0]) for row in rows[: len(found.inputs)]] == list(found.inputs)
    total = sum(row[1] for row in rows[: len(found.inputs)]) + found.rest[cell] + found.bias
    assert total == pytest.approx(found.sums[cell], rel=1e-4)
    has = [found.computed, *(link.computed for link in found.chain)]
    for (worked_out, network), expected in zip(rows[len(found.inputs) :], has, strict=True):
        assert worked_out == pytest.approx(float(expected[cell]), rel=1e-4, abs=1e-6)
        assert network == pytest.approx(float(expected[cell]), rel=1e-4, abs=1e-6)


def test_what_a_network_writes_over_is_read_before(monkeypatch, capsys):
    """GoogLeNet's own code has its ReLU write over the output of batch norm."""
    monkeypatch.chdir(ROOT)
    place = "inception3a.branch1.bn"
    loaded = weights.load("googlenet", "none")
    program, plan = compile_program(loaded.model, "googlenet"), blueprint("googlenet", SIZE)
    x = prepare(decode((ROOT / CAT).read_bytes()), loaded.info.transforms, SIZE, "crop").tensor
    expected = statistics(value(program, forward(program, x), place)).mean
    script = opening("googlenet", loaded.info, SIZE, "crop", CAT) + gallery_lines(plan, place, "number", None)
    script += '\nprint(f"mean of all: {maps.double().mean():.9g}")\n'
    exec(compile(script, "script", "exec"), {"__name__": "script"})
    said = re.search(r"^mean of all: (\S+)$", capsys.readouterr().out, re.MULTILINE)
    assert said is not None and float(said[1]) == pytest.approx(float(expected.mean()), rel=1e-4)
