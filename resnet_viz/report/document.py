"""A document as one HTML file: no script, and nothing that is fetched from anywhere. Its frame is the same for all.

The file says so to the browser as well: its content policy lets pictures come from its own text alone.
"""

from __future__ import annotations

import platform
import re
import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache, partial
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

import numpy as np
import PIL
import torch
import torchvision
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from resnet_viz.figures import bars, overlays
from resnet_viz.lang import Language, text
from resnet_viz.report.parts import Bars, Document, Part, Picture

HTML_LANG: Mapping[Language, str] = MappingProxyType({"en": "en", "zh": "zh-Hans"})

_FOLDER = Path(__file__).parent / "templates"
_PROJECT = Path(__file__).parents[2] / "pyproject.toml"


class Say(Protocol):
    """A language's sentences: `t("report.title", name=...)`."""

    def __call__(self, key: str, **values: object) -> str:
        """The sentence `key`, its placeholders filled."""


def speaker(language: Language) -> Say:
    """The sentences of a language."""
    return partial(text, language)


def html(document: Document, language: Language, made: datetime) -> str:
    """The whole file. A name that is no Unicode is written with its odd bytes escaped, so that UTF-8 can hold it."""
    page = (
        _templates()
        .get_template("document.html")
        .render(
            document=document,
            lang=HTML_LANG[language],
            style=(_FOLDER / "style.css").read_text(encoding="utf-8"),
            made=text(
                language, "report.made", app=app_version(), date=f"{made:%Y-%m-%d %H:%M}", versions=spoken_versions()
            ),
        )
    )
    return page.encode("utf-8", "backslashreplace").decode("utf-8")


def versions() -> Mapping[str, str]:
    """What computed: Python, and the packages that numbers depend on, by name."""
    found = {"Python": platform.python_version(), "PyTorch": torch.__version__, "torchvision": torchvision.__version__}
    return found | {"NumPy": np.__version__, "Pillow": PIL.__version__}


def spoken_versions() -> tuple[str, ...]:
    """The same, each with its name before it."""
    return tuple(f"{name} {number}" for name, number in versions().items())


@cache
def app_version() -> str:
    """The version of this project."""
    return str(tomllib.loads(_PROJECT.read_text(encoding="utf-8"))["project"]["version"])


def set_in_type(words: str) -> str:
    """A text as HTML: its `**bold**` and `` `code` `` set, all else escaped."""
    safe = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", escape(words))
    return re.sub(r"`(.+?)`", r"<code>\1</code>", safe)


def data_uri(picture: Picture) -> str:
    """A picture as the address of itself."""
    return overlays.data_uri(picture.data, picture.mime)


@cache
def _templates() -> Environment:
    found = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {"kind": _kind, "set": set_in_type, "data_uri": data_uri, "bars": _bars}
    return found


def _kind(part: Part) -> str:
    return type(part).__name__


def _bars(part: Bars) -> str:
    """As HTML, labels escaped."""
    return bars.bars(part.rows, color=part.color, top=part.top)
