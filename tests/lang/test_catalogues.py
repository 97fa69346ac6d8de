"""The catalogues against each other and against the code: nothing missing, nothing left over, nothing untranslated."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from resnet_viz.errors import NetworkError
from resnet_viz.lang import LANGUAGES, catalogue, guess, sentence, text

ROOT = Path(__file__).parents[2]
SOURCES = (ROOT / "app.py", *sorted((ROOT / "resnet_viz").rglob("*.py")))
FRONT = tuple(file for file in SOURCES if file.name == "app.py" or {"ui", "pages"} & set(file.parts))
LOOKUPS = {"t", "text"}
ERRORS = {"NetworkError", "BlockError", "ImageError", "WeightsError", "TrainingError", "UsageError", "VizError"}

SAME_IN_CHINESE = {
    "architecture.kinds.relu",
    "architecture.kinds.tanh",
    "cli.inspect.prediction_line",
    "compare.side.pane",
    "networks.counted.result",
    "networks.history.accuracy_axis",
}
"""Entries that stay in Latin letters in Chinese: names of functions, file names, formulas."""

CHINESE = re.compile(r"[\u4e00-\u9fff]")
WORD = re.compile(r"[A-Za-z]{2,}|[\u4e00-\u9fff]")
NO_WORDS = re.compile(r":material/\w+:|<style>.*?</style>|<[^>]*>|https?://\S+", re.DOTALL)

SHOWING = {
    "title",
    "header",
    "subheader",
    "markdown",
    "caption",
    "write",
    "text",
    "info",
    "warning",
    "error",
    "success",
    "toast",
    "metric",
    "badge",
    "html",
    "popover",
    "tabs",
    "expander",
    "button",
    "download_button",
    "link_button",
    "selectbox",
    "multiselect",
    "radio",
    "checkbox",
    "toggle",
    "slider",
    "select_slider",
    "number_input",
    "text_input",
    "text_area",
    "file_uploader",
    "camera_input",
    "segmented_control",
    "pills",
    "spinner",
    "status",
    "progress",
    "page_link",
    "dialog",
    "menu_button",
    "Page",
    "Column",
    "TextColumn",
    "NumberColumn",
    "set_page_config",
}
SHOWN_KEYWORDS = {"label", "help", "placeholder", "body", "title", "alt", "page_title", "caption"}
NOT_SENTENCES = {"ResNet-50", "(C, W, C1, S)", "lang", ".py"}
"""Text in the code that is the same in every language, or never seen: names, formulas, a hidden widget's label."""


@cache
def trees() -> dict[Path, ast.Module]:
    return {file: ast.parse(file.read_text(encoding="utf-8")) for file in SOURCES}


def nodes() -> Iterator[tuple[Path, ast.AST]]:
    for file, tree in trees().items():
        for node in ast.walk(tree):
            yield file, node


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


@cache
def literals() -> frozenset[str]:
    return frozenset(n.value for _, n in nodes() if isinstance(n, ast.Constant) and isinstance(n.value, str))


@cache
def patterns() -> tuple[re.Pattern[str], ...]:
    """What f-strings in the code may build: `architecture.kinds.<anything>` of `f"architecture.kinds.{kind}"`."""
    found = set()
    for _, node in nodes():
        if isinstance(node, ast.JoinedStr):
            parts = [str(p.value) if isinstance(p, ast.Constant) else None for p in node.values]
            if re.fullmatch(r"[a-z0-9_.]*\.[a-z0-9_.]*", "".join(part or "" for part in parts)):
                found.add("".join("([a-z0-9_.]+)" if part is None else re.escape(part) for part in parts))
    return tuple(re.compile(pattern) for pattern in sorted(found))


def is_built(key: str) -> bool:
    """Whether the code may build a key. A pattern as wide as a whole file says little: what fills it must be there too."""
    matches = [match for pattern in patterns() if (match := pattern.fullmatch(key))]
    return any(
        (key.startswith(m.re.pattern.split("\\.")[0] + ".") and m.re.pattern.count(r"\.") > 1)
        or all(part in literals() or (part != key and is_built(part)) for part in m.groups())
        for m in matches
    )


def is_used(key: str) -> bool:
    return (
        key in literals() or (key.startswith("errors.") and key.removeprefix("errors.") in literals()) or is_built(key)
    )


def asked_for() -> Iterator[tuple[str, str]]:
    """Keys that the code names in full, with where it does."""
    for file, node in nodes():
        if not isinstance(node, ast.Call):
            continue
        where = f"{file.relative_to(ROOT)}:{node.lineno}"
        for argument in node.args[:2]:
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                if name_of(node) in LOOKUPS and re.fullmatch(r"[a-z]+(\.[a-z0-9_]+)+", argument.value):
                    yield argument.value, where
                if name_of(node) in ERRORS and argument is node.args[0]:
                    yield f"errors.{argument.value}", where


def placeholders(entry: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(entry) if name is not None}


def shown_texts(file: Path) -> Iterator[tuple[int, str]]:
    """Text in the code that a call would show as it stands."""
    for node in ast.walk(trees()[file]):
        if isinstance(node, ast.Call) and name_of(node) in SHOWING:
            arguments = [*node.args[:1], *(k.value for k in node.keywords if k.arg in SHOWN_KEYWORDS)]
            for argument in arguments:
                parts = argument.elts if isinstance(argument, ast.List | ast.Tuple) else [argument]
                for part in parts:
                    yield from ((node.lineno, found) for found in constants(part))


def constants(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(part.value for part in node.values if isinstance(part, ast.Constant))
    elif isinstance(node, ast.BinOp):
        yield from constants(node.left)
        yield from constants(node.right)
    elif isinstance(node, ast.IfExp):
        yield from constants(node.body)
        yield from constants(node.orelse)


def test_both_languages_have_the_same_entries() -> None:
    assert set(catalogue("en")) == set(catalogue("zh"))


def test_every_entry_that_the_code_names_exists() -> None:
    missing = [f"{where}: {key}" for key, where in asked_for() if key not in catalogue("en")]
    assert not missing, "\n".join(missing)


def test_no_entry_is_unused() -> None:
    unused = [key for key in catalogue("en") if not is_used(key)]
    assert not unused, "\n".join(unused)


def test_chinese_entries_are_chinese() -> None:
    latin = {key for key, entry in catalogue("zh").items() if not CHINESE.search(entry)}
    assert latin <= SAME_IN_CHINESE, sorted(latin - SAME_IN_CHINESE)
    assert latin >= SAME_IN_CHINESE & set(catalogue("zh")), "listed as an exception, but translated"


def test_english_entries_hold_no_chinese() -> None:
    assert not [key for key, entry in catalogue("en").items() if CHINESE.search(entry)]


@pytest.mark.parametrize("key", sorted(catalogue("en")))
def test_placeholders_are_the_same(key: str) -> None:
    english, chinese = (placeholders(catalogue(language)[key]) for language in LANGUAGES)
    assert english == chinese


def test_entries_are_not_empty() -> None:
    assert not [key for language in LANGUAGES for key, entry in catalogue(language).items() if not entry.strip()]


def test_the_app_shows_no_text_of_its_own() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{line}: {shown!r}"
        for file in FRONT
        for line, shown in shown_texts(file)
        if shown not in NOT_SENTENCES and WORD.search(NO_WORDS.sub("", shown))
    ]
    assert not found, "\n".join(found)


def test_text_of_its_own_would_be_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "page.py"
    code = 'import streamlit as st\nst.title("Hello")\nst.caption(f":material/info: {x} 你好")\nst.button(t("a.b"), help="Go")'
    monkeypatch.setitem(trees(), file, ast.parse(code))
    assert [shown for _, shown in shown_texts(file) if WORD.search(NO_WORDS.sub("", shown))] == [
        "Hello",
        ":material/info:  你好",
        "Go",
    ]


def test_no_chinese_outside_of_the_catalogues() -> None:
    """Class names, which are data of the weights, live in `networks/`; a language's own name is the same in all."""
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file, node in nodes()
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and CHINESE.search(node.value)
        and node.value != "中文"
        and file.parent.name != "networks"
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("locale", "language"),
    [("zh-CN", "zh"), ("zh", "zh"), ("ZH-tw", "zh"), ("en-GB", "en"), ("de", "en"), (None, "en")],
)
def test_first_guess(locale: str | None, language: str) -> None:
    assert guess(locale) == language


def test_unknown_keys_are_an_error() -> None:
    with pytest.raises(KeyError):
        text("en", "common.no_such_entry")


def test_an_error_becomes_a_sentence() -> None:
    error = NetworkError("size_not_accepted", network="alexnet", size=32, low=63, high=1024)
    for language in LANGUAGES:
        said = sentence(language, error)
        assert "alexnet" in said and "63" in said and "1024" in said
