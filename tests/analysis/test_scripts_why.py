"""What the scripts of class maps and attributions print, against the analysis itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import torch

from resnet_viz.analysis.attributions import integrated_gradients, saliency, smooth_grad
from resnet_viz.analysis.class_maps import METHODS, Method, class_map
from resnet_viz.analysis.occlusion import occlusion
from resnet_viz.analysis.scripts import opening
from resnet_viz.analysis.scripts_why import (
    cam_script,
    integrated_script,
    occlusion_script,
    saliency_script,
    smooth_grad_script,
)
from resnet_viz.blueprint import blueprint
from resnet_viz.forward.images import decode, prepare
from resnet_viz.forward.run import compile_program, forward
from resnet_viz.networks import weights
from resnet_viz.records import Heatmap

ROOT = Path(__file__).parents[2]
CAT = "assets/samples/cat.jpg"
SIZE = 64
CLASSES = (3, 0)
NUMBER = r"(-?\d[\d.]*(?:e[+-]?\d+)?)"
LINE = re.compile(rf"^(.+): from {NUMBER} to {NUMBER}, sum {NUMBER}, highest in row (\d+), column (\d+)$", re.MULTILINE)


class Case:
    """A network with weights and a picture, run once by the app and once by a script."""

    def __init__(self, network: str, choice: str) -> None:
        loaded = weights.load(network, choice)
        self.info = loaded.info
        self.plan = blueprint(network, SIZE)
        self.program = compile_program(loaded.model, network)
        self.x = prepare(decode(Path(CAT).read_bytes()), loaded.info.transforms, SIZE).tensor
        self.kept = forward(self.program, self.x)
        self.opening = opening(network, loaded.info, SIZE, "crop", CAT)

    def check(self, script: str, expected: list[Heatmap], capsys) -> str:
        """Every map's ends, sum and highest cell; returns all that was printed."""
        exec(compile(f"{self.opening}\n{script}", "script", "exec"), {"__name__": "script"})
        output = capsys.readouterr().out
        found = LINE.findall(output)
        assert len(found) == len(expected)
        for (_, low, high, total, row, column), one in zip(found, expected, strict=True):
            near = {"rel": 1e-4, "abs": 1e-5 * max(abs(one.low), abs(one.high))}
            assert float(low) == pytest.approx(one.low, **near)
            assert float(high) == pytest.approx(one.high, **near)
            assert one.values[int(row), int(column)] == pytest.approx(one.high, **near)
            spread = float(abs(one.values).sum())
            assert float(total) == pytest.approx(float(one.values.astype(float).sum()), abs=1e-4 * spread)
        return output


@pytest.fixture(autouse=True)
def in_the_projects_folder(monkeypatch, tmp_path):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))


@pytest.fixture(scope="module")
def bundled() -> Case:
    return Case("resnet50", "bundled")


@pytest.fixture(scope="module")
def small() -> Case:
    return Case("resnet18", "none")


@pytest.mark.parametrize("method", METHODS)
def test_class_maps_at_a_stage(bundled, method: Method, capsys) -> None:
    classes = CLASSES[:1] if method == "eigen-cam" else CLASSES
    maps = [class_map(bundled.program, bundled.kept, "stage3", index, method, against=True) for index in classes]
    output = bundled.check(cam_script(bundled.plan, "stage3", CLASSES, method, against=True), maps, capsys)
    if method != "eigen-cam":
        logit = float(bundled.kept.logits[3])
        assert float(re.findall(rf": logit {NUMBER}$", output, re.MULTILINE)[0]) == pytest.approx(logit, rel=1e-5)


@pytest.mark.parametrize("place", ["input", "layer2.0.bn2", "layer2.0.downsample.1", "layer3.1.add", "layer3.1.relu"])
def test_class_maps_inside_of_a_block(small, place: str, capsys) -> None:
    """At bn2 the block's own code would write the sum over F(x)."""
    maps = [class_map(small.program, small.kept, place, index, "hires-cam") for index in CLASSES]
    small.check(cam_script(small.plan, place, CLASSES, "hires-cam", against=False), maps, capsys)


def test_class_maps_of_a_network_without_blocks(capsys) -> None:
    case = Case("googlenet", "none")
    maps = [class_map(case.program, case.kept, "inception3a.branch1.bn", 5, "grad-cam")]
    case.check(cam_script(case.plan, "inception3a.branch1.bn", [5], "grad-cam", against=False), maps, capsys)


def test_saliency(small, capsys) -> None:
    maps = [saliency(small.program, small.kept, index) for index in CLASSES]
    small.check(saliency_script(CLASSES), maps, capsys)


def test_smooth_grad(small, capsys) -> None:
    maps = [smooth_grad(small.program, small.x, index, 3) for index in CLASSES]
    assert None not in maps
    small.check(smooth_grad_script(CLASSES, 3), [one for one in maps if one is not None], capsys)


def test_integrated_gradients(small, capsys) -> None:
    level = (-2.1179, -2.0357, -1.8044)
    baseline = torch.tensor(level).view(1, 3, 1, 1).expand_as(small.x)
    found = integrated_gradients(small.program, small.x, baseline, 3, 5)
    assert found is not None
    output = small.check(integrated_script([3], 5, level), [found.heatmap], capsys)
    (rise,) = re.findall(rf": logit above the baseline {NUMBER}$", output, re.MULTILINE)
    assert float(rise) == pytest.approx(found.rise, rel=1e-3)


def test_occlusion(small, capsys) -> None:
    found = occlusion(small.program, small.x, 5, 18)
    assert found is not None
    small.check(occlusion_script(CLASSES, 5, 18), [found.drop(index) for index in CLASSES], capsys)
