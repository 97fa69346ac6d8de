"""`inspect` with a folder or several images: a subfolder for each, one table, and bad files in one line each."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from resnet_viz.cli import main
from resnet_viz.cli.inspection import look_at
from resnet_viz.cli.several import subfolders
from tests.cli.shell import refused

SMALL = ["--weights", "bundled", "--size", "64", "--layer", "stage3"]


@pytest.fixture
def pictures(photo: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for name in ("a.png", "c.PNG", "c.bmp"):
        shutil.copy(photo, folder / name)
    (folder / "b.jpg").write_bytes(b"no picture")
    (folder / "notes.txt").write_text("not looked at", encoding="utf-8")
    return folder


def table(folder: Path) -> list[dict[str, str]]:
    with (folder / "predictions.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_folder_is_gone_through_and_a_bad_file_is_one_line(
    pictures: Path, photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["inspect", str(pictures), *SMALL, "-o", str(out)]) == 2
    said, told = capsys.readouterr()
    assert {file.name for file in out.iterdir()} == {"a", "c", "c-2", "predictions.csv"}
    assert [line for line in told.splitlines() if line.startswith("resnet_viz: ")] == [
        f"resnet_viz: {pictures / 'b.jpg'}: The file is no picture that this app reads, whatever its name says. "
        "It reads JPEG, PNG, WebP, BMP, GIF and TIFF."
    ]
    assert f"2 of 4: {pictures / 'b.jpg'}" in told
    assert len(said.splitlines()) == 1 + 3 + 1
    # Each is what the same image gives alone.
    assert main(["inspect", str(photo), *SMALL, "-o", str(tmp_path / "alone")]) == 0
    alone = json.loads((tmp_path / "alone" / "predictions.json").read_text(encoding="utf-8"))
    rows = table(out)
    for row, name in zip(rows, ("a", "c", "c-2"), strict=True):
        one = json.loads((out / name / "predictions.json").read_text(encoding="utf-8"))
        assert one | {"image": ""} == alone | {"image": ""}
        assert (out / name / "stage3.png").read_bytes() == (tmp_path / "alone" / "stage3.png").read_bytes()
        assert row["image"] == one["image"]
        for rank, answer in enumerate(one["predictions"], 1):
            assert (row[f"class_{rank}"], row[f"id_{rank}"]) == (answer["label"], answer["id"])
            assert float(row[f"probability_{rank}"]) == answer["probability"]


def test_an_interrupted_run_keeps_what_is_done(
    pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def interrupted(*what):
        seen.append(what)
        if len(seen) == 2:
            raise KeyboardInterrupt
        return look_at(*what)

    monkeypatch.setattr("resnet_viz.cli.several.look_at", interrupted)
    (pictures / "b.jpg").unlink()
    assert main(["inspect", str(pictures), *SMALL, "-o", str(tmp_path / "out")]) == 130
    assert "Traceback" not in capsys.readouterr().err
    assert {file.name for file in (tmp_path / "out").iterdir()} == {"a", "predictions.csv"}
    assert [row["image"] for row in table(tmp_path / "out")] == [str(pictures / "a.png")]


def test_nothing_is_written_where_nothing_can_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = [str(tmp_path / name) for name in ("one.jpg", "two.jpg")]
    assert main(["inspect", *missing, *SMALL, "-o", str(tmp_path / "out")]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("resnet_viz: ")) == ("", 2)
    assert not (tmp_path / "out").exists()
    assert str(tmp_path) in refused(["inspect", str(tmp_path), *SMALL, "-o", "out"], capsys)


def test_no_two_subfolders_are_one() -> None:
    images = [Path(name) for name in ("x/a.jpg", "y/A.png", "a-2.jpg", "a.gif", "predictions.csv.png")]
    assert subfolders(images) == ["a", "A-2", "a-2-2", "a-3", "predictions.csv-2"]
