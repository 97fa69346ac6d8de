"""Horizontal bars with names and values as text, in HTML: they follow the theme, wrap, and can be read aloud."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_STYLE = (
    "<style>"
    ".bars{display:grid;grid-template-columns:fit-content(55%) minmax(4rem,1fr) max-content;gap:.45rem .6rem;"
    "align-items:center;margin:0;font-size:.92rem;line-height:1.25}"
    ".bars dt{overflow-wrap:anywhere;text-align:right;font-weight:400;margin:0}"
    ".bars dd{display:contents;margin:0}"
    ".bars .track{position:relative;height:1.05rem;border-radius:3px;"
    "background:color-mix(in srgb,currentColor 8%,transparent)}"
    ".bars .bar{position:absolute;top:0;bottom:0;border-radius:3px}"
    ".bars .number{font-variant-numeric:tabular-nums;text-align:right}"
    ".bars .strong{font-weight:600}"
    "</style>"
)


ANSWER_COLOR = "#3b78c2"
"""Of the bars of an answer."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar."""

    label: str
    value: float
    text: str
    """The value as it is written beside the bar."""
    strong: bool = False
    """Whether it stands out from the others."""


def bars(rows: Sequence[Bar], *, color: str, top: float | None = None) -> str:
    """A list of bars from top to bottom, each as long as its share of the scale.

    The scale goes from 0, or the smallest value below it, to `top` or the largest value. Labels may be anything.
    """
    low = min([0.0, *(row.value for row in rows)])
    high = max([0.0, *(row.value for row in rows)]) if top is None else top
    return f'{_STYLE}<dl class="bars">{"".join(_row(row, low, (high - low) or 1.0, color) for row in rows)}</dl>'


def _row(row: Bar, low: float, span: float, color: str) -> str:
    left, right = (100 * (value - low) / span for value in sorted((0.0, row.value)))
    kind = " strong" if row.strong else ""
    opacity = "1" if row.strong else "0.6"
    return (
        f'<dt class="name{kind}">{escape(row.label)}</dt><dd><span class="track"><span class="bar" '
        f'style="left:{left:.2f}%;width:{right - left:.2f}%;background:{color};opacity:{opacity}"></span></span>'
        f'<span class="number{kind}">{escape(row.text)}</span></dd>'
    )
