"""The papers, books and data that the app, its code and its lessons name, read from `assets/references.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

FILE: Final = Path(__file__).parents[2] / "assets" / "references.toml"


@dataclass(frozen=True, slots=True)
class Reference:
    """A source; what is taken from it is a text of each language."""

    id: str
    """What a link of a lesson calls it: `he2015`."""
    authors: str
    year: int
    """The year by which it is called, which may be the one before its conference."""
    title: str
    venue: str
    arxiv: str = ""
    """Its number there: `1512.03385`."""
    doi: str = ""
    url: str = ""
    """Where it is, if it has neither number."""

    @property
    def key(self) -> str:
        """What the catalogues call it: `he2015_init`."""
        return self.id.replace("-", "_")

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """Where to read it, each with what the link is called."""
        found = []
        if self.arxiv:
            found.append((f"arXiv {self.arxiv}", f"https://arxiv.org/abs/{self.arxiv}"))
        if self.doi:
            found.append((f"doi:{self.doi}", f"https://doi.org/{self.doi}"))
        if self.url:
            found.append((self.url.partition("://")[2].removeprefix("www."), self.url))
        return tuple(found)

    @property
    def bibtex(self) -> str:
        """An entry for BibTeX. Capitals of the title stay as they are written."""
        fields = {
            "author": " and ".join(self.authors.replace(", and others", ", others").split(", ")),
            "title": f"{{{self.title}}}",
            "year": str(self.year),
            "howpublished": self.venue,
            "eprint": self.arxiv,
            "doi": self.doi,
            "url": self.url,
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
        return "\n".join([f"@misc{{{self.id},", *lines, "}"]) + "\n"


@cache
def references(file: Path = FILE) -> Mapping[str, Reference]:
    """All references by id, by year and then by author."""
    found = tomllib.loads(file.read_text(encoding="utf-8"))
    return MappingProxyType({name: Reference(id=name, **entry) for name, entry in found.items()})
