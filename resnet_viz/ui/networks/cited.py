"""Papers by their short names: who found it, and when."""

from __future__ import annotations

from resnet_viz.learn.references import references
from resnet_viz.ui.state import t


def cited(ref: str) -> str:
    """`Simonyan and Zisserman 2014`, `Ren et al. 2015`: the family names of two authors, of more the first."""
    found = references()[ref]
    names = [author.split()[-1] for author in found.authors.split(", ")]
    match names:
        case [only]:
            return f"{only} {found.year}"
        case [first, second]:
            return t("networks.cited.two", first=first, second=second, year=found.year)
        case _:
            return t("networks.cited.more", first=names[0], year=found.year)


def linked(ref: str) -> str:
    """The short name as a Markdown link to the paper."""
    return f"[{cited(ref)}]({references()[ref].links[0][1]})"
