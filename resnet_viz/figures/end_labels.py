"""Labels of curves in a column behind their ends: each as near the height of its end as the others leave room for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from resnet_viz.figures.palette import NEUTRAL

LINE = 14
"""Pixels that a label takes of the column's height."""

_LETTERS = 12
"""Pixels of a label's font."""


@dataclass(frozen=True, slots=True)
class End:
    """The last point of a curve that can be drawn, and the height of its label; on a log axis heights are logarithms."""

    x: float
    y: float
    at: float
    text: str
    colour: str
    symbol: str


def leader(end: End, *, edge: float, log: bool) -> go.Scatter:
    """A hairline from a curve's end to its label behind the `edge` of the chart, with the curve's symbol there."""
    return go.Scatter(
        x=[end.x, edge],
        y=[10**y if log else y for y in (end.y, end.at)],
        mode="lines+markers",
        line={"color": NEUTRAL, "width": 0.8},
        marker={"color": end.colour, "symbol": end.symbol, "size": [0, 8], "opacity": 1},
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
    )


def label(end: End) -> dict[str, object]:
    """The annotation behind the chart's edge. Plotly places annotations of a log axis by the logarithm."""
    return {
        "x": 1,
        "xref": "x domain",
        "y": end.at,
        "text": end.text,
        "font": {"size": _LETTERS},  # in the colour of the text: those of the lines have too little contrast for it
        "showarrow": False,
        "xanchor": "left",
        "xshift": 5,
    }


def width(text: str) -> float:
    """About how many pixels wide a label is: a Chinese character is as wide as high, others are a little over half of it."""
    return sum(_LETTERS if ord(letter) > 0x2E7F else 0.56 * _LETTERS for letter in text)


def spread(heights: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """These heights moved as little as can be, in the sum of squares, to lie `gap` apart and from `low` to `high`.

    In the order given. With `gap` taken off once for each that lies below, they need only not fall: isotonic regression,
    by pooling neighbours that do. Raises ValueError where the range has no room for them.
    """
    if gap * (len(heights) - 1) > high - low:
        raise ValueError(f"{len(heights)} labels {gap:g} apart do not fit between {low:g} and {high:g}")
    order = sorted(range(len(heights)), key=lambda index: heights[index])
    pools: list[tuple[float, int]] = []
    for rank, index in enumerate(order):
        total, size = heights[index] - rank * gap, 1
        while pools and pools[-1][0] * size > total * pools[-1][1]:
            below, more = pools.pop()
            total, size = total + below, size + more
        pools.append((total, size))
    top = high - gap * (len(heights) - 1)
    level = [min(max(total / size, low), top) for total, size in pools for _ in range(size)]
    placed = [0.0] * len(heights)
    for rank, index in enumerate(order):
        placed[index] = level[rank] + rank * gap
    return placed
