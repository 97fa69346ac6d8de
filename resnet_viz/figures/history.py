"""How deep networks got: bubbles whose area is the number of parameters, over the years and over what a pass costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import pi, sqrt
from typing import Literal

import plotly.graph_objects as go

from resnet_viz.figures.signal import COLOURS, MARKERS, Kind

HEIGHT = 460
"""Pixels of one chart."""

_WIDEST = 42
"""Pixels of the largest bubble, from side to side."""
_LEAST = 6
"""Pixels of the smallest: below it a bubble could be neither seen nor clicked."""
_BETWEEN_YEARS = "rgba(128, 128, 128, 0.25)"

Side = Literal["middle left", "middle right", "top left", "top center", "bottom center", "bottom right"]


@dataclass(frozen=True, slots=True)
class Bubble:
    """One network, with one version of its weights."""

    name: str
    """What is written beside it."""
    x: float
    y: float
    area: float
    kind: Kind
    side: Side
    """Where the name stands."""
    said: str
    """What the pointer is told."""
    hollow: bool = False
    """Whether it is drawn as a ring: the same network again, with other weights."""


def depth_chart(
    bubbles: Sequence[Bubble], years: Sequence[int], names: Mapping[Kind, str], *, title: str, y_title: str
) -> go.Figure:
    """Depth on a log axis over years side by side, of which year n is at x = n; `names` says what each kind is called."""
    figure = _chart(bubbles, names, title)
    # Room to the right of the last year, where the names of its networks stand.
    ticks = {"tickvals": list(range(len(years))), "ticktext": [str(year) for year in years]}
    between = {
        "tickvals": [number + 0.5 for number in range(len(years) - 1)],
        "showgrid": True,
        "gridcolor": _BETWEEN_YEARS,
    }
    figure.update_xaxes(range=[-0.5, len(years) + 0.1], showgrid=False, minor=between, **ticks)
    figure.update_yaxes(type="log", tickvals=[5, 10, 20, 50, 100, 200], range=[0.5, 2.4], title=_small(y_title))
    return figure


def accuracy_chart(
    bubbles: Sequence[Bubble], names: Mapping[Kind, str], *, title: str, x_title: str, y_title: str
) -> go.Figure:
    """Top-1 accuracy in percent over multiply-adds in billions, on a log axis."""
    figure = _chart(bubbles, names, title)
    figure.update_xaxes(type="log", tickvals=[0.5, 1, 2, 5, 10, 20], range=[-0.5, 1.95], title=_small(x_title))
    figure.update_yaxes(range=[54, 86], title=_small(y_title))
    return figure


def _chart(bubbles: Sequence[Bubble], names: Mapping[Kind, str], title: str) -> go.Figure:
    """One trace for the bubbles, so that point n is bubble n; the legend names the two kinds."""
    largest = max(bubble.area for bubble in bubbles)
    figure = go.Figure(
        go.Scatter(
            x=[bubble.x for bubble in bubbles],
            y=[bubble.y for bubble in bubbles],
            mode="markers+text",
            text=[bubble.name for bubble in bubbles],
            textposition=[bubble.side for bubble in bubbles],
            textfont={"size": 11.5},
            cliponaxis=False,
            showlegend=False,
            marker={
                "size": [diameter(bubble, largest) for bubble in bubbles],
                "color": [COLOURS[bubble.kind] for bubble in bubbles],
                "symbol": [MARKERS[bubble.kind] + ("-open" if bubble.hollow else "") for bubble in bubbles],
                "opacity": 0.75,
                "line": {"width": [2 if bubble.hollow else 1 for bubble in bubbles]},
            },
            selected={"marker": {"opacity": 0.75}},
            unselected={"marker": {"opacity": 0.75}},
            hovertext=[bubble.said for bubble in bubbles],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    for kind, name in names.items():
        mark = {"color": COLOURS[kind], "symbol": MARKERS[kind], "size": 10, "opacity": 0.75}
        figure.add_trace(go.Scatter(x=[None], y=[None], mode="markers", name=name, marker=mark))
    figure.update_layout(
        title={"text": title, "font": {"size": 15}},
        height=HEIGHT,
        margin={"l": 8, "r": 12, "t": 44, "b": 8},
        legend={"orientation": "h", "y": -0.2, "x": 0, "yanchor": "top", "itemclick": False, "itemdoubleclick": False},
        hovermode="closest",
        dragmode=False,
    )
    figure.update_xaxes(fixedrange=True, automargin=True, zeroline=False)
    figure.update_yaxes(fixedrange=True, automargin=True, zeroline=False)
    return figure


def diameter(bubble: Bubble, largest: float) -> float:
    """Pixels from side to side. A square of the same area as a circle is narrower: pi d^2 / 4 = a^2."""
    wide = _WIDEST * sqrt(bubble.area / largest)
    return max(_LEAST, wide * sqrt(pi / 4) if bubble.kind == "plain" else wide)


def _small(title: str) -> dict[str, object]:
    return {"text": title, "font": {"size": 12}}
