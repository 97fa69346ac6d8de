"""Papers by their short names: who found it, and when."""

from __future__ import annotations

from resnet_viz.learn.references import references


def cited(ref: str) -> str:
    """`Simonyan, Zisserman 2014`, `Ren et al. 2015`: the family names of two authors, of more the first."""
    found = references()[ref]
    names = [author.split()[-1] for author in found.authors.split(", ")]
    who = ", ".join(names) if len(names) < 3 else f"{names[0]} et al."
    return f"{who} {found.year}"


def linked(ref: str) -> str:
    """The short name as a Markdown link to the paper."""
    return f"[{cited(ref)}]({references()[ref].links[0][1]})"
