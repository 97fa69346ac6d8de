"""The command that makes the learning curves, on a tiny folder: whole runs only, resumed, and read back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from resnet_viz.analysis.learning_curves import read
from resnet_viz.training import curves
from resnet_viz.training.curves import finished, main, result
from resnet_viz.training.loop import Settings

SETTINGS = Settings("residual18", schedule="32x1,40x1", lr=0.05, batch=16, seed=1, precision="float32")
WORDS = ("--schedule", "32x1,40x1", "--lr", "0.05", "--batch", "16", "--seed", "1", "--precision", "float32")


@pytest.fixture(autouse=True)
def two_small_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(curves, "ARCHS", ("residual18", "plain18"))


@pytest.fixture(scope="module")
def made(images: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a whole command."""
    folder = tmp_path_factory.mktemp("curves")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(curves, "ARCHS", ("residual18", "plain18"))
        assert main(command(images, folder)) == 0
    return folder


def command(data: Path, folder: Path, *more: str) -> list[str]:
    places = ("--data", data, "--runs", folder / "runs", "--out", folder / "curves.json")
    return [*map(str, places), *WORDS, *more]


def test_what_it_writes(made: Path) -> None:
    found = json.loads((made / "curves.json").read_text())
    assert found["complete"] == ["residual18", "plain18"] and found["missing"] == []
    assert found["recipe"] == {"schedule": "32x1,40x1", "lr": 0.05, "batch": 16, "seed": 1, "precision": "float32"}
    assert found["command"].endswith("--schedule 32x1,40x1 --lr 0.05 --batch 16 --seed 1 --precision float32")
    assert [one["network"] for one in found["runs"]] == ["resnet18", "plain18"]
    for one in found["runs"]:
        record = json.loads(
            (made / "runs" / one["network"].replace("resnet", "residual"))
            .joinpath(f"{one['network'].replace('resnet', 'residual')}.json")
            .read_text()
        )
        assert one["rows"] == record["rows"] and one["final"] == record["final"]
        assert one["torch"] and one["python"] and one["precision"] == "float32 on CPU"


def test_the_page_reads_it(made: Path) -> None:
    found = read(made / "curves.json")
    assert found is not None
    assert [(curve.network, curve.kind, curve.depth) for curve in found.curves] == [
        ("resnet18", "residual", 18),
        ("plain18", "plain", 18),
    ]
    assert len(found.curves[0].values("train_loss")) == 2


def test_done_runs_are_not_trained_again(images: Path, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_arguments: object, **_options: object) -> None:
        raise AssertionError

    monkeypatch.setattr(curves, "train", forbidden)
    before = (made / "curves.json").read_text()
    assert main(command(images, made)) == 0
    assert (made / "curves.json").read_text() == before


def test_runs_whose_folders_are_gone_stay_in_the_result(
    images: Path, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trained: list[str] = []
    monkeypatch.setattr(curves, "train", lambda settings, *_rest, **_options: trained.append(settings.arch))
    before = json.loads((made / "curves.json").read_text())
    partly = before | {"complete": ["residual18"], "missing": ["plain18"], "runs": before["runs"][:1]}
    (tmp_path / "curves.json").write_text(json.dumps(partly))
    assert main(command(images, tmp_path)) == 0
    assert trained == ["plain18"]
    assert json.loads((tmp_path / "curves.json").read_text()) == partly
    assert main(command(images, tmp_path, "--seed", "2")) == 0
    assert trained == ["plain18", "residual18", "plain18"]  # another recipe shares nothing with it


def test_a_stopped_run_is_named_and_left_out(made: Path, tmp_path: Path) -> None:
    for arch in ("residual18", "plain18"):
        record = json.loads((made / "runs" / arch / f"{arch}.json").read_text())
        if arch == "plain18":
            record["rows"].pop()
            del record["final"]
        (tmp_path / arch).mkdir()
        (tmp_path / arch / f"{arch}.json").write_text(json.dumps(record))
    found = result(SETTINGS, tmp_path)
    assert (found["complete"], found["missing"]) == (["residual18"], ["plain18"])
    assert len(found["runs"]) == 1  # type: ignore[arg-type]


def test_a_run_with_other_arguments_does_not_count(made: Path) -> None:
    assert finished(SETTINGS, made / "runs") is not None
    assert finished(Settings("residual18", schedule="32x2", lr=0.05, batch=16, seed=1), made / "runs") is None
    assert finished(SETTINGS, made / "nothing") is None


def test_what_is_wrong_is_named(images: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(command(tmp_path / "nothing", tmp_path)) == 2
    assert main(command(images, tmp_path, "--schedule", "soon")) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2 and "nothing/train" in lines[0] and "soon" in lines[1]
    assert not (tmp_path / "curves.json").exists()
