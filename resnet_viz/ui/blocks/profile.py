"""A block's silhouette: a bar for each feature map on its residual branch, as wide as it has channels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

import streamlit as st

_STYLE = """<style>
.profile { display: grid; grid-template-columns: max-content minmax(0, 1fr) max-content; column-gap: 1rem; max-width: 30rem; }
.profile > span { line-height: 1rem; font-size: .9rem; font-variant-numeric: tabular-nums; }
.profile > .of { grid-column: 1; }
.profile > .count { text-align: right; }
.profile > div { display: flex; justify-content: center; height: 1rem; }
.profile > .funnel { grid-column: 2; display: block; height: 1.4rem; background: currentColor; opacity: .13; }
</style>"""

_LEAST = 0.6
"""Width in percent of the narrowest bar: one channel of thousands is still seen."""


@dataclass(frozen=True, slots=True)
class Row:
    """One feature map and the operation that makes it."""

    label: str
    """`CONV 3x3`; `x` for the input."""
    channels: int
    color: str


def profile(rows: Sequence[Row], *, widest: int, name: str) -> None:
    """Draw the rows from top to bottom; `widest` channels fill the width. `name` is what a screen reader says."""
    widths = [max(100 * row.channels / widest, _LEAST) for row in rows]
    parts = [_bar(rows[0], widths[0])]
    for row, (above, below) in zip(rows[1:], pairwise(widths), strict=True):
        parts += [_funnel(above, below), _bar(row, below)]
    st.html(f'{_STYLE}<div class="profile" role="img" aria-label="{escape(name)}">{"".join(parts)}</div>')


def _bar(row: Row, width: float) -> str:
    bar = f'<div><div style="width:{width:.2f}%;background:{row.color}"></div></div>'
    return f'<span class="of">{escape(row.label)}</span>{bar}<span class="count">{row.channels:,}</span>'


def _funnel(above: float, below: float) -> str:
    """What leads from one bar to the next."""
    left, right = (50 - above / 2, 50 - below / 2), (50 + above / 2, 50 + below / 2)
    corners = f"{left[0]:.2f}% 0, {right[0]:.2f}% 0, {right[1]:.2f}% 100%, {left[1]:.2f}% 100%"
    return f'<div class="funnel" style="clip-path:polygon({corners})"></div>'
