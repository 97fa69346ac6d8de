"""Both READMEs: the same commands, which run as they stand; every option; limits and pages as the code has them."""

from __future__ import annotations

import re
import shlex
from argparse import ArgumentParser
from pathlib import Path

import pytest

from resnet_viz.cli import main
from resnet_viz.cli.parser import parser
from resnet_viz.forward import images
from resnet_viz.lang import LANGUAGES, Language, catalogue
from resnet_viz.networks import checkpoint

ROOT = Path(__file__).parents[1]
README = {"en": ROOT / "README.md", "zh": ROOT / "README.zh.md"}
RUNS = ".venv/bin/python -m resnet_viz "
SYNOPSIS = "python -m resnet_viz "


def commands(language: Language) -> list[str]:
    """What stands in blocks of code, without the remark that two spaces set apart; the layout of the tree is none."""
    lines = [line[4:] for line in README[language].read_text(encoding="utf-8").splitlines() if line.startswith("    ")]
    return [re.split(r"\s{2,}", line)[0] for line in lines if re.match(r"(\.venv/bin/)?python", line)]


def subparsers() -> dict[str, ArgumentParser]:
    top = parser("en")
    choices = next(action.choices for action in top._actions if action.dest == "command")
    assert isinstance(choices, dict)
    return choices


def options(of: ArgumentParser) -> set[str]:
    return {name for action in of._actions for name in action.option_strings}


def test_both_give_the_same_commands() -> None:
    assert commands("zh") == commands("en")
    assert len(commands("en")) > 10


def test_each_links_the_other() -> None:
    for language, other in (("en", "zh"), ("zh", "en")):
        assert f"]({README[other].name})" in README[language].read_text(encoding="utf-8")


@pytest.mark.parametrize("line", [line for line in commands("en") if line.startswith(RUNS)])
def test_the_examples_run(
    line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "assets").symlink_to(ROOT / "assets")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "torch"))
    words = shlex.split(line.removeprefix(RUNS))
    assert main(words) == 0
    out, err = capsys.readouterr()
    assert err == ""
    if "-o" not in words:
        assert len(out.splitlines()) > 100
        return
    target = tmp_path / words[words.index("-o") + 1]
    written = {file.name for file in target.iterdir()} if target.is_dir() else {target.name}
    if words[0] != "inspect":
        expected = {target.name}
    elif "--layer" not in words:
        expected = {"predictions.json", *(f"stage{n}.png" for n in range(5))}
    else:
        expected = {"predictions.json", words[words.index("--layer") + 1] + ".png"}
    assert written == expected


def test_each_command_has_an_example() -> None:
    assert {line.removeprefix(RUNS).split()[0] for line in commands("en") if line.startswith(RUNS)} == set(subparsers())


@pytest.mark.parametrize("name", subparsers())
def test_the_synopsis_has_what_help_has(name: str) -> None:
    (line,) = (line for line in commands("en") if line.startswith(SYNOPSIS + name))
    shared = options(parser("en"))
    assert set(re.findall(r"(?<![\w-])--?[a-z]+", line)) - {"-m"} == options(subparsers()[name]) - shared - {"--output"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_option_is_explained(language: Language) -> None:
    rows = [line for line in README[language].read_text(encoding="utf-8").splitlines() if line.startswith("| `-")]
    explained = {name for row in rows for name in re.findall(r"`(--?[a-z]+)", row.split(" | ")[0])}
    assert explained == options(parser("en")).union(*map(options, subparsers().values()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_described(language: Language) -> None:
    text = README[language].read_text(encoding="utf-8")
    pages = [title for key, title in catalogue(language).items() if key.startswith("common.pages.")]
    assert pages
    assert [page for page in pages if f"| **{page}** |" not in text] == []


def test_limits_are_those_of_the_code() -> None:
    megabytes, pixels, weights = (n // 10**6 for n in (images.MAX_BYTES, images.MAX_PIXELS, checkpoint.MAX_BYTES))
    uploaded = re.search(r"maxUploadSize = (\d+)", (ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert uploaded
    english, chinese = (README[language].read_text(encoding="utf-8").replace("\n", " ") for language in ("en", "zh"))
    assert f"up to {megabytes} MB and {pixels} million pixels" in english
    assert f"weights files {weights} MB ({uploaded[1]} MB in the browser)" in english
    assert (
        f"图像不超过 {megabytes} MB、{pixels}00 万像素，权重文件不超过 {weights} MB（浏览器中为 {uploaded[1]} MB）"
        in chinese
    )
    for language, said in (
        ("en", f"{megabytes} MB and {pixels} million"),
        ("zh", f"{megabytes} MB、{pixels}00 万像素"),
    ):
        assert said in catalogue(language)["cli.inspect.image"]
