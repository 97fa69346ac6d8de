"""Formulas of worked solutions: numbers, products, sums, fractions and floors, in LaTeX and in plain signs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from resnet_viz.records import Shape

TIMES, GIVES = r" \cdot ", r" \to "

_FRACTION = re.compile(r"\\frac\{([^{}]*)\}\{([^{}]*)\}")
_SIGNS: Mapping[str, str] = MappingProxyType(
    {
        r"\left\lfloor ": "⌊",
        r" \right\rfloor": "⌋",
        r"\left\lceil ": "⌈",
        r" \right\rceil": "⌉",
        r" \cdot ": "·",
        r" \times ": "×",
        r"\to": "→",
        "{,}": ",",
        "-": "−",
    }
)


def number(value: int) -> str:
    """All digits, in groups of three that no space tears apart."""
    return f"{value:,}".replace(",", "{,}")


def product(*factors: int) -> str:
    """The factors with dots between; a single one as it is."""
    return TIMES.join(map(number, factors))


def total(terms: Iterable[int]) -> str:
    """The terms with plus signs between."""
    return " + ".join(map(number, terms))


def equals(left: str, right: int) -> str:
    """An equation that ends in a number."""
    return f"{left} = {number(right)}"


def sides(shape: Shape) -> str:
    """A shape: channels, height and width with crosses between."""
    return r" \times ".join(map(str, shape))


def maps(before: Shape, after: Shape) -> str:
    """What goes in and what comes out."""
    return sides(before) + GIVES + sides(after)


def window_side(side: int, kernel: int, stride: int, padding: int, *, up: bool = False) -> str:
    """Side of what comes out of a window that slides over a map, `up` where a window may hang over the edge."""
    low, high = (r"\lceil", r"\rceil") if up else (r"\lfloor", r"\rfloor")
    inside = rf"\frac{{{number(side)} + 2 \cdot {padding} - {kernel}}}{{{stride}}}"
    return rf"\left{low} {inside} \right{high} + 1"


def plain(latex: str) -> str:
    """One of these formulas in signs that any font has: `⌊(56 + 2·1 − 3) / 2⌋ + 1 = 28`."""
    text = _FRACTION.sub(r"(\1) / \2", latex)
    for code, sign in _SIGNS.items():
        text = text.replace(code, sign)
    return text
