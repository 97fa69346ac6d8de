"""Colours: one for each stage, the same on every page, and the two scales of heatmaps.

The stage colours are the result of a search in OKLCh: at least 3 : 1 against the light and the dark backgrounds of the
app, and as far apart as they can be for normal sight and for simulated protan, deutan and tritan sight.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt
import plotly.colors as plotly_colors

STAGE_COLORS = ("#6783f7", "#227a58", "#9f8b01", "#c53b39", "#924faa", "#d064c1")
"""Stage 0 to 5, from shallow to deep: blue, green, gold, red, purple, pink."""

NEUTRAL = "#79818c"
"""What belongs to no stage: input, pooling behind the last stage, classifier."""

RESIDUAL = "#2a7fc0"
"""Networks with shortcuts, wherever they stand beside plain ones; lines solid, markers round."""

PLAIN = "#d9650a"
"""Networks without; lines dashed, markers square."""

INK = "#131a24"
"""Text on a light background."""

MUTED = "#465160"
"""Text beside text that matters more, on a light background or a tint of it."""


def stage_color(stage: int | None) -> str:
    """The colour of a stage as `#rrggbb`; slate for None, what lies outside of all stages."""
    return NEUTRAL if stage is None else STAGE_COLORS[stage % len(STAGE_COLORS)]


def tint(color: str, share: float, background: str = "#ffffff") -> str:
    """`share` of a colour mixed into a background, in sRGB: the fill of a box under dark text."""
    mixed = share * _rgb(color) + (1 - share) * _rgb(background)
    return "#{:02x}{:02x}{:02x}".format(*(int(v) for v in mixed.round()))


def colour_map(*, signed: bool) -> npt.NDArray[np.uint8]:
    """256 colours (256, 3) from low to high: `sequential()`, or for signed values `diverging()`."""
    return diverging() if signed else sequential()


@cache
def sequential() -> npt.NDArray[np.uint8]:
    """Inferno (Smith and van der Walt, 2015) from near-black to pale yellow, through Plotly's ten colours."""
    return _between(plotly_colors.sequential.Inferno)


@cache
def diverging() -> npt.NDArray[np.uint8]:
    """ColorBrewer's RdBu reversed: dark blue for the lowest, near-white in the middle, dark red for the highest."""
    return _between(plotly_colors.diverging.RdBu[::-1])


def _between(named: list[str]) -> npt.NDArray[np.uint8]:
    """256 colours through evenly spaced ones, each channel linear between neighbours; read-only, as it is shared."""
    colours, _ = plotly_colors.convert_colors_to_same_type(named, "tuple")
    stops = np.linspace(0, 255, len(colours))
    channels = [np.interp(np.arange(256), stops, channel) for channel in np.array(colours).T * 255]
    table = np.stack(channels, axis=1).round().astype(np.uint8)
    table.setflags(write=False)
    return table


def _rgb(color: str) -> npt.NDArray[np.float64]:
    return np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)], dtype=np.float64)
