"""What the script of a cell's field prints, against the analysis itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from resnet_viz.analysis.fields_of_cells import box_of, effective, half_of
from resnet_viz.analysis.scripts import opening
from resnet_viz.analysis.scripts_fields import field_script
from resnet_viz.blueprint import blueprint
from resnet_viz.forward.images import decode, prepare
from resnet_viz.forward.run import compile_program, forward
from resnet_viz.networks import weights

CAT = "assets/samples/cat.jpg"
SIZE = 64


@pytest.mark.parametrize(("place", "row", "column"), [("stage2", 0, 3), ("layer3.0.conv1", 1, 3), ("input", 5, 9)])
def test_the_box_and_the_numbers_of_a_field(place: str, row: int, column: int, monkeypatch, tmp_path, capsys) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    loaded = weights.load("resnet18", "none")
    plan = blueprint("resnet18", SIZE)
    x = prepare(decode(Path(CAT).read_bytes()), loaded.info.transforms, SIZE).tensor
    program = compile_program(loaded.model, "resnet18")
    field = effective(program, forward(program, x), place, row, column)

    script = opening("resnet18", loaded.info, SIZE, "crop", CAT) + field_script(plan, place, row, column)
    exec(compile(script, "script", "exec"), {"__name__": "script"})
    output = capsys.readouterr().out
    reached = re.search(r"reaches rows (\d+) to (\d+), columns (\d+) to (\d+)", output)
    assert reached is not None
    top, bottom, left, right = map(int, reached.groups())
    assert ((top, bottom), (left, right)) == box_of(field)
    numbers = re.search(r"sum (\S+), largest (\S+), half of it in (\d+) pixels", output)
    assert numbers is not None
    assert float(numbers[1]) == pytest.approx(float(field.sum()), rel=1e-4)
    assert float(numbers[2]) == pytest.approx(float(field.max()), rel=1e-4)
    assert abs(int(numbers[3]) - half_of(field)) <= 1
