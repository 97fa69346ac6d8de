"""What the scripts print, against what the views compute for the same picture and weights."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from resnet_viz.analysis.departures import Pass, departures, route
from resnet_viz.analysis.lesions import Lesion, lesioned, removable
from resnet_viz.analysis.perturbations import KINDS, Change, fill_of, perturb
from resnet_viz.analysis.random_drops import draw, drops
from resnet_viz.analysis.scripts import opening
from resnet_viz.analysis.scripts_lesions import change_script, cut_script, drops_script
from resnet_viz.blueprint import blueprint
from resnet_viz.forward.images import decode, prepare
from resnet_viz.forward.run import compile_program, forward
from resnet_viz.networks import weights
from resnet_viz.networks.catalog import spec
from resnet_viz.records import Blueprint, Prepared, WeightsInfo

ROOT = Path(__file__).parents[2]
CAT = "assets/samples/cat.jpg"
CLASS = 3


@pytest.fixture(autouse=True)
def in_the_projects_folder(monkeypatch):
    monkeypatch.chdir(ROOT)


def setting(network: str, size: int) -> tuple[WeightsInfo, Blueprint, Prepared, Pass]:
    loaded = weights.load(network, "none")
    info, plan = loaded.info, blueprint(network, size)
    picture = prepare(decode(Path(CAT).read_bytes()), info.transforms, size, channels=spec(network).channels)
    program = compile_program(loaded.model, network)
    return info, plan, picture, (program, forward(program, picture.tensor))


def printed(info: WeightsInfo, plan: Blueprint, script: str, capsys) -> str:
    whole = opening(plan.network, info, plan.size, "crop", CAT) + script
    exec(compile(whole, "script", "exec"), {"__name__": "script"})
    return capsys.readouterr().out


def check(out: str, plan: Blueprint, first: Pass, second: Pass) -> None:
    lines = re.findall(r"^(\S+): relative distance (\S+), cosine (\S+)$", out, re.MULTILINE)
    expected = departures(first, second, route(plan))
    assert [place for place, _, _ in lines] == [row.place for row in expected]
    for (_, far, alike), row in zip(lines, expected, strict=True):
        assert float(far) == pytest.approx(row.relative, rel=1e-4, abs=1e-6)
        assert float(alike) == pytest.approx(row.cosine, rel=1e-4)
    for when, (_, kept) in (("before", first), ("after", second)):
        probability = re.search(rf"^{when}: .+, probability (\S+)$", out, re.MULTILINE)
        assert probability and float(probability[1]) == pytest.approx(
            float(kept.logits.double().softmax(0)[CLASS]), rel=1e-4
        )


@pytest.mark.parametrize(
    ("network", "lesions"),
    [
        ("resnet50", [Lesion("layer1.0", "branch"), Lesion("layer2.1", "branch"), Lesion("layer4.2", "shortcut")]),
        ("resnet18", [Lesion("layer2.0", "shortcut")]),
        ("plain18", [Lesion("layer3.1", "branch")]),
    ],
)
def test_cuts(network: str, lesions: Sequence[Lesion], capsys) -> None:
    info, plan, _, first = setting(network, 64)
    out = printed(info, plan, cut_script(plan, lesions, CLASS), capsys)
    check(out, plan, first, lesioned(first[0], plan, first[1], lesions))


@pytest.mark.parametrize("kind", KINDS)
def test_changes(kind: str, capsys) -> None:
    info, plan, picture, first = setting("resnet18", 32)
    change = Change(kind, 40.0, 0.3, 0.6)
    changed = perturb(picture, change, info.transforms)
    out = printed(info, plan, change_script(plan, change, info.transforms, fill_of(info.transforms, 3), CLASS), capsys)
    check(out, plan, first, (first[0], forward(first[0], changed.tensor)))


@pytest.mark.parametrize("network", ["lenet5", "alexnet", "googlenet"])
def test_networks_without_shortcuts(network: str, capsys) -> None:
    info, plan, picture, first = setting(network, 64 if network != "lenet5" else 32)
    change, fill = Change("rotation", 20.0), fill_of(info.transforms, spec(network).channels)
    changed = perturb(picture, change, info.transforms)
    out = printed(info, plan, change_script(plan, change, info.transforms, fill, CLASS), capsys)
    check(out, plan, first, (first[0], forward(first[0], changed.tensor)))


@pytest.mark.parametrize("network", ["resnet18", "plain18"])
def test_random_drops(network: str, capsys) -> None:
    info, plan, _, (program, kept) = setting(network, 32)
    blocks = removable(plan)
    out = printed(info, plan, drops_script(plan, blocks, 2, 5, CLASS), capsys)
    found = drops(program, plan, kept, CLASS, draw(blocks, 2, 5))
    alone = re.findall(r"^without (\S+): (\S+)$", out, re.MULTILINE)
    assert [(name, pytest.approx(float(p), rel=1e-4)) for name, p in alone] == list(found.alone)
    means = [float(mean) for mean in re.findall(r"^\d+ gone: mean (\S+)$", out, re.MULTILINE)]
    assert means == pytest.approx([row.mean for row in found.rows], rel=1e-4)
