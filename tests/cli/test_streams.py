"""Streams as shells hand them over: of another encoding, full, closed, or left by their reader. Never a traceback."""

from __future__ import annotations

import json
import os
import shutil
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from resnet_viz.cli import main
from tests.cli.shell import shell

ASCII = {"PYTHONIOENCODING": "ascii"}
C_LOCALE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.mark.parametrize("environment", [ASCII, C_LOCALE, {"PYTHONIOENCODING": "latin-1"}, {"LC_ALL": "C"}])
def test_letters_that_the_terminal_lacks_are_escaped(environment: dict[str, str]) -> None:
    done = shell("resnet_viz layers --help --lang zh", **environment)
    assert (done.returncode, done.stderr) == (0, "")
    letters = "用法: python" if environment == {"LC_ALL": "C"} else r"\u7528\u6cd5: python"
    assert done.stdout.startswith(letters)
    failed = shell("resnet_viz layers --lang zh", **environment)
    assert (failed.returncode, failed.stdout, failed.stderr.count("\n")) == (2, "", 1)
    assert failed.stderr.startswith("resnet_viz: ")


def test_an_answer_in_chinese_on_an_ascii_terminal(
    photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = BytesIO()
    monkeypatch.setattr("sys.stdout", TextIOWrapper(terminal, encoding="ascii"))
    assert main(["inspect", str(photo), "--weights", "none", "--layer", "fc", "--lang", "zh", "-o", str(tmp_path)]) == 0
    first, *_ = terminal.getvalue().decode("unicode-escape").splitlines()
    assert first == "resnet50，输入 224 像素；权重：随机初始值；未经训练"


def test_a_name_that_is_no_unicode(photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    odd = os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xe5.png")
    shutil.copy(photo, odd)
    out = tmp_path / "out"
    assert main(["inspect", odd, "--weights", "none", "--layer", "fc", "-o", str(out)]) == 0
    assert json.loads((out / "predictions.json").read_text(encoding="utf-8"))["image"] == odd
    assert main(["inspect", odd + "x", "-o", str(out)]) == 2
    assert r"\udcff\udce5.pngx" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("language", "said"), [("en", "standard output: no space left"), ("zh", "无法读写“标准输出”：空间不足")]
)
def test_a_full_output_is_named(language: str, said: str) -> None:
    done = shell(f"resnet_viz --help --lang {language} > /dev/full")
    assert (done.returncode, done.stderr) == (2, f"resnet_viz: {said}\n")


@pytest.mark.parametrize("how", ["table", "csv", "json"])
def test_a_list_that_does_not_fit_the_output(
    how: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        monkeypatch.setattr("sys.stdout", full)
        assert main(["layers", "lenet5", "--format", how]) == 2
    assert capsys.readouterr().err == "resnet_viz: standard output: no space left\n"


def test_a_full_disk_names_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "figure.svg"
    file.symlink_to("/dev/full")
    assert main(["diagram", "lenet5", "-o", str(file)]) == 2
    assert capsys.readouterr().err == f"resnet_viz: {file}: no space left\n"


def test_a_file_that_breaks_off_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", "/proc/self/mem", "-o", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err == "resnet_viz: /proc/self/mem: input/output error\n"


@pytest.mark.parametrize(
    ("line", "status", "out", "err"),
    [
        ("resnet_viz --help >&-", 2, "", "resnet_viz: standard output: it is closed\n"),
        ("resnet_viz layers 2>&-", 2, "", ""),
        ("resnet_viz layers 2>/dev/full", 2, "", ""),
        ("set -o pipefail; resnet_viz --help | true", 0, "", ""),
        ("set -o pipefail; resnet_viz layers resnet152 --format json | head -c 1", 0, "[", ""),
    ],
)
def test_closed_streams_end_quietly(line: str, status: int, out: str, err: str) -> None:
    done = shell(line)
    assert (done.returncode, done.stdout, done.stderr) == (status, out, err)


def test_in_a_real_shell(tmp_path: Path) -> None:
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n then nothing")
    failed = shell(f"resnet_viz inspect {bad} -o {tmp_path / 'out'}")
    assert (failed.returncode, failed.stdout, failed.stderr.count("\n")) == (2, "", 1)
    assert "Traceback" not in failed.stderr
