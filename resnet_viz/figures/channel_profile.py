"""A block's silhouette: a bar for each feature map on its residual branch, as wide as it has channels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

WIDTH = 420
"""Units of the drawing's width; it is scaled to the place that it gets."""

_ROW = 44
_BAR = 16
_LEFT = 96
_RIGHT = 56
_LEAST = 1.5
"""Width of the narrowest bar: one channel of thousands is still seen."""


@dataclass(frozen=True, slots=True)
class Row:
    """One feature map and the operation that makes it."""

    label: str
    """`CONV 3x3`; `x` for the input."""
    channels: int
    color: str


def channel_profile(rows: Sequence[Row], *, widest: int, name: str) -> str:
    """The rows from top to bottom as an SVG whose text takes the colour of the page; `widest` channels fill its width.

    `name` is what a screen reader says.
    """
    height = _ROW * len(rows) - (_ROW - _BAR) + 8
    room = WIDTH - _LEFT - _RIGHT
    widths = [max(room * row.channels / widest, _LEAST) for row in rows]
    middle = _LEFT + room / 2
    parts = [_funnel(middle, above, below, 4 + _ROW * index) for index, (above, below) in enumerate(pairwise(widths))]
    for index, (row, width) in enumerate(zip(rows, widths, strict=True)):
        top = 4 + _ROW * index
        parts.append(
            f'<rect x="{middle - width / 2:.1f}" y="{top}" width="{width:.1f}" height="{_BAR}" fill="{row.color}"/>'
        )
        parts.append(_text(0, top, row.label))
        parts.append(_text(WIDTH, top, f"{row.channels:,}", anchor="end"))
    return (
        f'<svg viewBox="0 0 {WIDTH} {height}" width="100%" role="img" aria-label="{escape(name)}" '
        f'style="max-width:{WIDTH}px" font-size="14" fill="currentColor">{"".join(parts)}</svg>'
    )


def _funnel(middle: float, above: float, below: float, top: float) -> str:
    """What leads from one bar to the next, faintly."""
    upper, lower = top + _BAR, top + _ROW
    points = [
        (middle - above / 2, upper),
        (middle + above / 2, upper),
        (middle + below / 2, lower),
        (middle - below / 2, lower),
    ]
    corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polygon points="{corners}" fill="currentColor" opacity="0.1"/>'


def _text(x: float, top: float, text: str, anchor: str = "start") -> str:
    return f'<text x="{x}" y="{top + _BAR - 3}" text-anchor="{anchor}">{escape(text)}</text>'
