"""What a document is made of: sections of text, facts, tables, pictures and bars, in the words of one language.

In every text `**bold**` and `` `code` `` are set as such, and nothing else is markup: names come from strangers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from resnet_viz.figures.bars import Bar


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str
    kind: Literal["plain", "small", "note"] = "plain"
    """small: what is said beside a picture or table; note: in a box, what must not be overlooked."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Terms with what they are."""

    rows: tuple[tuple[str, str], ...]
    wide: bool = False
    """Whether the terms are sentences, which want half of the width."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; numbers are written out and stand to the right."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    words: int = 1
    """How many columns, from the left, are words."""
    marked: int | None = None
    """The row that stands out."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What the colours of a picture span."""

    gradient: str
    """CSS, from left to right."""
    ends: tuple[str, ...]
    """Values that stand below it, evenly spaced."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture inside of the document."""

    data: bytes
    """A PNG, JPEG or WebP file."""
    mime: str
    alt: str
    caption: str = ""
    scale: Scale | None = None
    crisp: bool = False
    """Whether its pixels are cells, to be enlarged as squares."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """Pictures beside each other, as many in a row as there is room for."""

    pictures: tuple[Picture, ...]
    width: int = 224
    """Pixels of each on the screen."""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups of small pictures, one behind the other, as many in a row as there is room for."""

    groups: tuple[Pictures, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars with their values, from zero."""

    rows: tuple[Bar, ...]
    color: str
    title: str = ""
    top: float | None = None
    """End of the scale; the largest value otherwise."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Parts beside each other where there is room, else below each other."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A line or more to be copied: an address, a command."""

    text: str


@dataclass(frozen=True, slots=True)
class Blank:
    """Lines to write on by hand, beside each other, each with what belongs there."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """Parts that stay on one sheet of paper."""

    parts: tuple[Part, ...]


Part = Text | Facts | Table | Pictures | Groups | Bars | Columns | Code | Blank | Kept


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it."""

    title: str
    parts: tuple[Part, ...]
    new_page: bool = False
    """Whether it begins on a new sheet of paper."""


@dataclass(frozen=True, slots=True)
class Document:
    """All of a document."""

    title: str
    lead: str
    sections: tuple[Section, ...]
