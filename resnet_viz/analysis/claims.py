"""A claim about networks, how the live model is asked about it, and what comes of asking."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

Source = Literal["article", "another", "many", "paper"]
Verdict = Literal["holds", "fails", "depends"]
"""`depends`: true of one version or by one way of counting, and not of the other."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of a claim."""

    verdict: Verdict
    """Whether the live model bears it out."""
    values: Mapping[str, object]
    """The numbers and names that its sentence tells."""


@dataclass(frozen=True, slots=True)
class Myth:
    """A claim, and what asks the live model about it."""

    code: str
    """Names the claim's sentences."""
    source: Source
    ask: Callable[[], Finding]


def verdict_of(*cases: bool) -> Verdict:
    """What a claim comes to that is true or false in each of some cases: versions of a network, ways of counting."""
    return "holds" if all(cases) else "depends" if any(cases) else "fails"
