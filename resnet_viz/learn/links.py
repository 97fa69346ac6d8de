"""Links of the lessons: to a place in a network, a page of the app, a lesson, a reference, a term.

[text](place:layer1.1.conv2)   selects the place and opens the architecture
[text](page:compare?view=depth&part=chain)   opens a page with these choices
[text](lesson:unit)  [text](ref:he2016)  [text](term:residual)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, cast, get_args
from urllib.parse import parse_qsl

Kind = Literal["place", "page", "lesson", "ref", "term"]

_LINK = re.compile(rf"(?<=\])\(({'|'.join(get_args(Kind))}):([^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link leads, as it is written."""

    kind: Kind
    target: str

    @property
    def page(self) -> str:
        """The page that it opens."""
        return {"place": "architecture", "page": self.target.partition("?")[0]}.get(self.kind, "learn")

    @property
    def choices(self) -> dict[str, str]:
        """What is chosen on that page, by parameter of the URL."""
        if self.kind == "page":
            return dict(parse_qsl(self.target.partition("?")[2], strict_parsing=True) if "?" in self.target else ())
        view = {"lesson": "lessons", "ref": "references", "term": "glossary"}.get(self.kind)
        return {self.kind: self.target} | ({"learn": view} if view else {})


def links(markdown: str) -> tuple[Link, ...]:
    """All links of a text that the app itself follows, in the order of reading."""
    return tuple(_link(match) for match in _LINK.finditer(markdown))


def rewrite(markdown: str, address: Callable[[Link], str]) -> str:
    """The text with every such link's target replaced by an address that a browser understands."""
    return _LINK.sub(lambda match: f"({address(_link(match))})", markdown)


def _link(match: re.Match[str]) -> Link:
    return Link(cast(Kind, match[1]), match[2])
