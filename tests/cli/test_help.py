"""`--help` in both languages: complete, translated, and no wider than the terminal."""

from __future__ import annotations

import pytest

from resnet_viz.cli import main
from resnet_viz.cli.help import wrapped
from resnet_viz.lang import LANGUAGES, columns

COMMANDS = ("layers", "diagram", "inspect", "report")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", [[], *([command] for command in COMMANDS)])
def test_help_is_no_error(
    words: list[str], language: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert main([*words, "--lang", language, "--help"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert max(columns(line) for line in out.splitlines()) <= 80
    english = [word for word in ("usage", "options", "arguments", "show this") if word in out]
    assert bool(english) == (language == "en"), english


def test_the_commands_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-h"]) == 0
    listed = capsys.readouterr().out
    assert all(f"\n    {command} " in listed for command in COMMANDS)


@pytest.mark.parametrize("columns_of_the_terminal", ["1", "no number", "200"])
def test_any_width_will_do(
    columns_of_the_terminal: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns_of_the_terminal)
    assert main(["inspect", "--help", "--lang", "zh"]) == 0
    assert "predictions.json" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "width", "lines"),
    [
        ("a bc  def", 6, ["a bc", "def"]),
        ("写到哪个文件夹", 6, ["写到哪", "个文件", "夹"]),
        ("名字：abc、de", 8, ["名字：", "abc、de"]),
        ("用（见上）吧", 4, ["用", "（见", "上）", "吧"]),
        ("longerthanaline x", 6, ["longerthanaline", "x"]),
        ("", 6, [""]),
    ],
)
def test_lines_are_broken_where_each_language_breaks_them(words: str, width: int, lines: list[str]) -> None:
    assert wrapped(words, width) == lines
