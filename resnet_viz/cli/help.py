"""Help whose frame speaks the language too, and whose lines count a Chinese character as two columns."""

from __future__ import annotations

import re
from argparse import Action, HelpFormatter
from collections.abc import Iterable
from typing import Any

from resnet_viz.lang import Language, columns, text

_OPENING, _CLOSING = "（“", "，。、；：）”"


class LocalHelp(HelpFormatter):
    """argparse's formatter with `usage:` in `language`, and lines that are broken between Chinese characters as well."""

    def __init__(self, language: Language, prog: str) -> None:
        super().__init__(prog)
        self._language = language

    def add_usage(self, usage: str | None, actions: Iterable[Action], groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, text(self._language, "cli.usage") if prefix is None else prefix)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrapped(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in wrapped(text, width - len(indent)))


def wrapped(words: str, width: int) -> list[str]:
    """`words` in lines of at most `width` columns; Latin words stay whole, punctuation stays with what it encloses."""
    lines = [""]
    for piece in re.findall(rf"[{_OPENING}]*(?:[!-~]+|[^!-~\s])[{_CLOSING}]*|\s+", words):
        if columns(lines[-1] + piece.rstrip()) > width and lines[-1]:
            lines.append("")
        if lines[-1] or not piece.isspace():
            lines[-1] += " " if piece.isspace() else piece
    return [line.rstrip() for line in lines]
