"""What a user gets wrong is said in one line, in the user's language, and nothing is written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from resnet_viz.cli.usage import usage_error
from resnet_viz.lang import LANGUAGES, catalogue
from tests.cli.shell import refused


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ([], "layers|diagram|inspect|report"),
        (["draw"], "draw"),
        (["layers"], "NETWORK"),
        (["layers", "resnet51"], "resnet51"),
        (["layers", "resnet50", "--size", "31"], "31"),
        (["layers", "resnet50", "--size", "1025"], "1025"),
        (["layers", "resnet50", "--size", "large"], "large"),
        (["layers", "alexnet", "--size", "62"], "62"),
        (["layers", "resnet50", "--format", "yaml"], "yaml"),
        (["layers", "resnet50", "--colour"], "--colour"),
        (["diagram", "resnet50"], "-o"),
        (["diagram", "resnet50", "-o", "figure.gif"], "figure.gif"),
        (["diagram", "resnet50", "-o", "figure"], "figure"),
        (["diagram", "resnet50", "--view", "stage9", "-o", "figure.svg"], "stage9"),
        (["diagram", "resnet50", "--view", "conv1", "-o", "figure.svg"], "A view is"),
        (["diagram", "resnet50", "-o", "/no/such/folder/figure.svg"], "/no/such/folder/figure.svg"),
        (["inspect", "nowhere.jpg", "-o", "out"], "nowhere.jpg"),
        (["inspect", "/", "-o", "out"], "/"),
        (["inspect", "PHOTO", "--network", "resnet51", "-o", "out"], "resnet51"),
        (["inspect", "PHOTO", "--layer", "layer9", "-o", "out"], "layer9"),
        (["inspect", "PHOTO", "--layer", "fc", "--size", "8", "-o", "out"], "8"),
        (["inspect", "PHOTO", "--weights", "nowhere.pt", "-o", "out"], "nowhere.pt"),
        (["inspect", "PHOTO", "--weights", "PHOTO", "-o", "out"], "photo.png"),
        (["inspect", "PHOTO", "--network", "vgg16", "--weights", "bundled", "-o", "out"], "vgg16"),
        (["inspect", "PHOTO", "--weights", "none", "-o", "PHOTO"], "photo.png"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    words: list[str], named: str, photo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert named in refused([str(photo) if word == "PHOTO" else word for word in words], capsys)
    assert {file.name for file in tmp_path.iterdir()} == {"photo.png"}


@pytest.mark.parametrize(
    "data", [b"", b"no image at all", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0\x00\x10JFIF", b"<svg/>"]
)
def test_a_bad_image_is_one_line(data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bad.jpg"
    file.write_bytes(data)
    refused(["inspect", str(file), "--weights", "none", "-o", str(tmp_path / "out")], capsys)
    assert not (tmp_path / "out").exists()


def test_chinese_is_spoken_when_asked_for(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    english = refused(["layers", "resnet51"], capsys)
    chinese = refused(["layers", "resnet51", "--lang", "zh"], capsys)
    assert not any("一" <= letter <= "鿿" for letter in english)
    assert any("一" <= letter <= "鿿" for letter in chinese)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert refused(["layers", "resnet51"], capsys) == chinese
    assert refused(["layers", "resnet51", "--lang=en"], capsys) == english


ARGPARSE = [
    ("layers resnet50 --format yaml", ["--format", "yaml", "table", "csv", "json"]),
    ("layers resnet50 --lang fr", ["--lang", "fr", "en", "zh"]),
    ("draw", ["draw", "layers", "diagram", "inspect"]),
    ("", ["layers|diagram|inspect|report"]),
    ("layers", ["NETWORK"]),
    ("inspect", ["IMAGE", "-o/--output"]),
    ("layers resnet50 --size 1.5", ["--size", "1.5"]),
    ("layers resnet50 --size", ["--size"]),
    ("diagram resnet50 -o", ["-o/--output"]),
    ("inspect a.png --download=yes -o out", ["--download", "yes"]),
    ("layers resnet50 --colour", ["--colour"]),
    ("layers resnet50 resnet18", ["resnet18"]),
    ("inspect a.png --la zh -o out", ["--la"]),
    ("layers resnet50 --format it's", ["it's", "table", "csv", "json"]),
]
"""Every fault that argparse can find, and what the sentence about it has to name."""


@pytest.mark.parametrize(("line", "named"), ARGPARSE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_fault_is_told_in_argparse_words(
    language: str, line: str, named: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", {"en": "en_GB.UTF-8", "zh": "zh_CN.UTF-8"}[language])
    said = refused(line.split(), capsys)
    assert all(name in said for name in named)
    assert said.count("--help") == 1
    for word in ("argument", "choose from", "required", "expected", "invalid", "unrecognized"):
        assert word not in said
    # Latin letters of a Chinese sentence are names: what the user typed, what can be typed, the program.
    known = {
        "resnet_viz",
        "python",
        "-m",
        "--help",
        "layers",
        "diagram",
        "inspect",
        "report",
        "NETWORK",
        "IMAGE",
        *named,
    }
    words = {word.strip(".") for word in re.findall(r"[-\w./|']+", said, re.ASCII)} - {"", ":"}
    typed = {part for word in (*line.split(), *known) for part in (word, word.lstrip("-"))}
    assert language == "en" or words <= typed, words - typed


def test_a_fault_that_is_not_known_keeps_argparse_words() -> None:
    error = usage_error("argument -x: some new fault", "python -m resnet_viz")
    assert (error.code, error.values["message"]) == ("usage", "argument -x: some new fault")


@pytest.mark.parametrize("choices", ["'table', 'csv', 'json'", "table, csv, json"])
def test_choices_are_read_as_any_python_writes_them(choices: str) -> None:
    error = usage_error(f"argument --format: invalid choice: 'yaml' (choose from {choices})", "p")
    assert (error.code, error.values["value"], error.values["known"]) == (
        "usage_choice",
        "yaml",
        ("table", "csv", "json"),
    )


def test_what_the_system_says_of_a_file_is_translated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder.svg").mkdir()
    for language in LANGUAGES:
        says = catalogue(language)
        for words, reason in (
            (["inspect", "nowhere.jpg", "-o", "out"], "enoent"),
            (["diagram", "lenet5", "-o", "folder.svg"], "eisdir"),
            (["diagram", "lenet5", "-o", "file/figure.svg"], "enotdir"),
            (["diagram", "lenet5", "-o", "n" * 300 + ".svg"], "enametoolong"),
        ):
            assert says[f"system.error.{reason}"] in refused([*words, "--lang", language], capsys)
    assert {file.name for file in tmp_path.iterdir()} == {"file", "folder.svg"}
