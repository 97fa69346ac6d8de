"""What the scripts of the dissection print, against the analysis itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from resnet_viz.analysis.dissection import dissect, norms
from resnet_viz.analysis.layer_statistics import statistics
from resnet_viz.analysis.logit_shares import logit_shares
from resnet_viz.analysis.scripts import opening
from resnet_viz.analysis.scripts_block import block_script, layers_script, logit_script
from resnet_viz.blueprint import blueprint
from resnet_viz.forward.images import decode, prepare
from resnet_viz.forward.run import compile_program, forward
from resnet_viz.networks import weights

ROOT = Path(__file__).parents[2]
CAT = "assets/samples/cat.jpg"
SIZE = 64


class Case:
    """A network with weights and a picture, run once by the app and once by a script."""

    def __init__(self, network: str, choice: str) -> None:
        loaded = weights.load(network, choice)
        self.plan = blueprint(network, SIZE)
        self.program = compile_program(loaded.model, network)
        picture = decode(Path(CAT).read_bytes())
        self.kept = forward(self.program, prepare(picture, loaded.info.transforms, SIZE).tensor)
        self.opening = opening(network, loaded.info, SIZE, "crop", CAT)

    def printed(self, script: str, capsys) -> dict[str, list[float]]:
        exec(compile(f"{self.opening}\n{script}", "script", "exec"), {"__name__": "script"})
        lines = [line.partition(": ") for line in capsys.readouterr().out.splitlines()]
        number = r"(?<![\w.(|])-?\d[\d.]*(?:e[+-]\d+)?"
        return {name: [float(n) for n in re.findall(number, rest or name)] for name, _, rest in lines}


@pytest.fixture(autouse=True)
def in_the_projects_folder(monkeypatch, tmp_path):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))


@pytest.mark.parametrize(
    ("network", "choice", "place"),
    [
        ("resnet50", "bundled", "layer3.0"),
        ("resnet50", "bundled", "layer4.2"),
        ("resnet18", "none", "layer2.0"),
        ("plain18", "none", "layer2.0"),
    ],
)
def test_a_block(network, choice, place, capsys) -> None:
    case = Case(network, choice)
    found = dissect(case.program, case.plan, case.kept, place)
    printed = case.printed(block_script(case.plan, place), capsys)
    for name, value in found.values.items():
        expected = [float(value.double().mean()), float(value.double().std(correction=0))]
        assert printed[name] == pytest.approx(expected, rel=1e-4, abs=1e-7), name
    assert printed["largest difference to the network"][0] <= 1e-5
    if found.shortcut is not None:
        whole = norms(found.branch, found.shortcut)
        numbers = [n for name, row in printed.items() if name.startswith(("|F(x)|", "ratio")) for n in row]
        assert numbers == pytest.approx([whole.branch, whole.shortcut, whole.ratio, whole.cosine], rel=1e-4)


@pytest.mark.parametrize(("network", "choice"), [("resnet50", "bundled"), ("resnet18", "none")])
def test_shares_of_a_logit(network, choice, capsys) -> None:
    case = Case(network, choice)
    printed = case.printed(logit_script(case.plan, 3), capsys)
    rows = logit_shares(case.program, case.plan, case.kept, 3)
    scale = max(abs(row.branch) for row in rows)
    for row in rows:
        assert printed[row.block] == pytest.approx([row.branch, row.shortcut], rel=1e-4, abs=1e-5 * scale)


@pytest.mark.parametrize("network", ["resnet18", "plain18", "alexnet"])
def test_layers(network, capsys) -> None:
    case = Case(network, "none")
    printed = case.printed(layers_script(), capsys)
    rows = [row for row in statistics(case.program, case.plan, case.kept) if row.place in printed]
    assert len(rows) >= sum(layer.module is not None for layer in case.plan.layers)
    for row in rows:
        expected = [row.mean, row.std, *([] if row.zeros is None else [row.zeros, row.dead])]
        assert printed[row.place] == pytest.approx(expected, rel=1e-4, abs=1e-7), row.place
