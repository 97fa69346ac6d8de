"""What the script of several pictures prints, against the analysis itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from resnet_viz.analysis.scripts import opening_of_several
from resnet_viz.analysis.scripts_several import several_script
from resnet_viz.analysis.several import HOWS, Given, How, Question, Seen, look_at
from resnet_viz.blueprint import blueprint
from resnet_viz.forward.run import compile_program
from resnet_viz.networks import weights

ROOT = Path(__file__).parents[2]
FILES = ("assets/samples/cat.jpg", "assets/samples/coffee.jpg")
SIZE = 64
LINE = re.compile(r"^(.+): (.+), probability (\S+), map from (\S+) to (\S+), mean (\S+)$", re.MULTILINE)


@pytest.mark.parametrize(("how", "place"), [*((how, "layer2.0.bn2") for how in HOWS), ("grad-cam", "input")])
def test_answers_and_maps(how: How, place: str, monkeypatch, tmp_path, capsys) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    loaded = weights.load("resnet18", "none")
    plan = blueprint("resnet18", SIZE)
    question = Question(compile_program(loaded.model, "resnet18"), loaded.info, plan, "crop", place, how)
    script = opening_of_several("resnet18", loaded.info, SIZE, "crop") + several_script(plan, place, how, FILES)
    exec(compile(script, "script", "exec"), {"__name__": "script"})
    found = LINE.findall(capsys.readouterr().out)
    for file, (said, answer, *numbers) in zip(FILES, found, strict=True):
        one = look_at(Given(file, file, file, Path(file).read_bytes), question)
        assert isinstance(one, Seen)
        best, shown = one.answers[0], one.heatmap
        assert (said, answer) == (file, best.label.en)
        expected = [best.probability, shown.low, shown.high, float(shown.values.astype(float).mean())]
        near = 1e-5 * max(abs(shown.low), abs(shown.high))
        assert [float(n) for n in numbers] == pytest.approx(expected, rel=1e-4, abs=near)
