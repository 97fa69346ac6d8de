"""Horizontal bars with their values beside them, as a Vega-Lite specification: Streamlit's own kind of chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Spec = dict[str, object]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. Labels are told apart by their text, so they must differ."""

    label: str
    value: float
    text: str
    """The value as it is written beside the bar."""
    strong: bool = False
    """Whether it stands out from the others."""


def bars(rows: Sequence[Bar], *, color: str, step: int = 28, label_width: int = 150, top: float | None = None) -> Spec:
    """A specification that holds its data: bars from top to bottom, `step` pixels each, negative ones leftwards.

    The scale ends at `top`, or at the largest value. Labels longer than `label_width` pixels are cut, and whole in the
    tooltip. Raises ValueError for two rows with the same label.
    """
    if len({row.label for row in rows}) != len(rows):
        raise ValueError(f"labels must differ: {[row.label for row in rows]}")
    low = min([0.0, *(row.value for row in rows)])
    high = max([0.0, *(row.value for row in rows)]) if top is None else top
    room = 0.22 * ((high - low) or 1.0)
    length = {
        "field": "value",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [low - (room if low < 0 else 0.0), high + room], "nice": False},
    }
    label = {
        "field": "label",
        "type": "nominal",
        "sort": None,
        "axis": {"title": None, "ticks": False, "domain": False, "labelLimit": label_width, "labelFontSize": 13},
    }
    beside: Spec = {"type": "text", "align": {"expr": "datum.value < 0 ? 'right' : 'left'"}, "fontSize": 13}
    beside["dx"] = {"expr": "datum.value < 0 ? -5 : 5"}
    return {
        "data": {"values": [_row(row) for row in rows]},
        "height": {"step": step},
        "encoding": {
            "y": label,
            "x": length,
            "tooltip": [{"field": "label", "title": " "}, {"field": "text", "title": " "}],
        },
        "layer": [
            {
                "mark": {"type": "bar", "color": color, "cornerRadiusEnd": 3, "height": {"band": 0.72}},
                "encoding": {"opacity": {"condition": {"test": "datum.strong", "value": 1.0}, "value": 0.55}},
            },
            {"mark": beside, "encoding": {"text": {"field": "text"}}},
        ],
    }


def _row(row: Bar) -> Spec:
    return {"label": row.label, "value": row.value, "text": row.text, "strong": row.strong}
