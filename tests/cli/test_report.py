"""`report`: one file that holds all, or one line on stderr and no file."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from resnet_viz.cli import main
from tests.cli.shell import refused

SMALL = ["--network", "resnet18", "--weights", "none", "--size", "64"]


def test_a_report_is_one_file(photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "report.html"
    assert main(["report", str(photo), *SMALL, "--layer", "layer2.0", "--class", "7", "-o", str(file)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.splitlines()[-1] == f"written: {file}"
    page = file.read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>") and page.rstrip().endswith("</html>")
    assert '<html lang="en">' in page and "class 7" in page and "Inside of <code>layer2.0</code>" in page
    assert not re.search(r"(src|href)=(?!\"data:)|url\(|@import", page)
    assert str(tmp_path) not in page, "where a picture lies is nobody's business"


@pytest.mark.parametrize("asked", ["n02102040", "English Springer", "英国史宾格犬", "1"])
def test_a_class_by_any_of_its_names(asked: str, photo: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    assert main(["report", str(photo), "--size", "32", "--weights", "bundled", "--class", asked, "-o", str(file)]) == 0
    assert "What speaks for English springer" in file.read_text(encoding="utf-8")


def test_a_name_from_a_stranger(photo: Path, tmp_path: Path) -> None:
    hostile = tmp_path / "<img src=x onerror=alert(1)>'\"&.png"
    shutil.copy(photo, hostile)
    file = tmp_path / "report.html"
    assert main(["report", str(hostile), *SMALL, "--lang", "zh", "-o", str(file)]) == 0
    page = file.read_text(encoding="utf-8")
    assert "<img src=x" not in page and "&lt;img src=x onerror=alert(1)&gt;" in page
    assert '<html lang="zh-Hans">' in page


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["PHOTO"], "-o"),
        (["PHOTO", "--class", "1000", *SMALL, "-o", "report.html"], "1000"),
        (["PHOTO", "--class", "9" * 5000, *SMALL, "-o", "report.html"], "999"),
        (["PHOTO", "--layer", "layer9", *SMALL, "-o", "report.html"], "layer9"),
        (["nowhere.jpg", "-o", "report.html"], "nowhere.jpg"),
        (["BAD", *SMALL, "-o", "report.html"], "no picture"),
        (["PHOTO", *SMALL, "--size", "32", "-o", "/no/such/folder/report.html"], "/no/such/folder/report.html"),
    ],
)
def test_what_is_wrong_is_one_line_and_no_file(
    words: list[str], named: str, photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.jpg").write_bytes(b"no picture at all")
    stands = {"PHOTO": str(photo), "BAD": "bad.jpg"}
    assert named in refused(["report", *(stands.get(word, word) for word in words)], capsys)
    assert {file.name for file in tmp_path.iterdir()} == {"photo.png", "bad.jpg"}


def test_a_full_disk_names_the_file(photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "report.html"
    file.symlink_to("/dev/full")
    assert main(["report", str(photo), *SMALL, "-o", str(file)]) == 2
    assert capsys.readouterr().err == f"resnet_viz: {file}: no space left\n"
