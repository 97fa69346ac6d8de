"""Sentences in every language: a catalogue of TOML files for each, one file per part of the app.

`text("zh", "architecture.title")` reads the key `title` of `lang/zh/architecture.toml`. Placeholders are those of
`str.format`; a tuple is spoken as a list, an OSError as what it means. A test holds the catalogues against each other
and against the code.
"""

from __future__ import annotations

import errno
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, get_args
from unicodedata import east_asian_width

from resnet_viz.errors import VizError
from resnet_viz.records import ClassLabel

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

BETWEEN: Mapping[Language, str] = MappingProxyType({"en": ", ", "zh": "、"})
"""What stands between the items of a list."""


@cache
def catalogue(language: Language) -> Mapping[str, str]:
    """All entries of a language by their full key, `file.key` or `file.table.key`."""
    entries: dict[str, str] = {}
    for file in sorted((Path(__file__).parent / language).glob("*.toml")):
        entries.update(_flatten(file.stem, tomllib.loads(file.read_text(encoding="utf-8"))))
    return entries


def text(language: Language, key: str, **values: object) -> str:
    """The entry `key` in `language`, its placeholders filled. Raises KeyError for an unknown key or placeholder."""
    return catalogue(language)[key].format(**{name: _spoken(language, value) for name, value in values.items()})


def sentence(language: Language, error: VizError) -> str:
    """What an error says to a user: the entry `errors.<code>`."""
    return text(language, f"errors.{error.code}", **error.values)


def lesson(language: Language, name: str) -> str:
    """A lesson as it is written in `language`. Raises FileNotFoundError for one that is not there."""
    return (Path(__file__).parent / language / "lessons" / f"{name}.md").read_text(encoding="utf-8")


def class_name(language: Language, label: ClassLabel) -> str:
    """What a class is called in `language`; in English where it has no name there."""
    return label.zh if language == "zh" and label.zh else label.en


def prose(language: Language, sentences: Iterable[str]) -> str:
    """Sentences one after another, as `language` sets them: Chinese puts no space between."""
    return ("" if language == "zh" else " ").join(sentences)


def columns(words: str) -> int:
    """How wide a text is in Latin letters, as a terminal shows it: a Chinese character takes two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in words)


def guess(locale: str | None) -> Language:
    """The language for a browser's locale, such as `zh-CN`: Chinese for any Chinese, else English."""
    return "zh" if (locale or "").lower().startswith("zh") else "en"


def _spoken(language: Language, value: object) -> object:
    """A value as a sentence takes it: items as a list, an operating system's error in words, all else as it is."""
    if isinstance(value, tuple):
        return BETWEEN[language].join(map(str, value))
    if isinstance(value, OSError):
        # The numbers of SSL and of name resolution are their own: only Python's plain errors have the system's.
        code = errno.errorcode.get(value.errno or 0) if type(value).__module__ == "builtins" else None
        key = f"system.error.{(code or type(value).__name__).lower()}"
        return catalogue(language).get(key) or value.strerror or str(value) or type(value).__name__
    return value


def _flatten(prefix: str, table: Mapping[str, object]) -> dict[str, str]:
    entries: dict[str, str] = {}
    for key, value in table.items():
        name = f"{prefix}.{key}"
        if isinstance(value, Mapping):
            entries.update(_flatten(name, value))
        else:
            entries[name] = str(value)
    return entries
