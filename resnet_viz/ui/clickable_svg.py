"""Diagrams whose boxes are buttons: up to three side by side, or one at a time where the page is narrow.

A click, Enter or Space on a box reports its place, a click beside the boxes an empty one. A diagram has one tab stop; arrow
keys go to the neighbour in their direction. Zoom with the buttons, Ctrl and the wheel, `+`, `-` and `0`, or two fingers;
drag to move. The browser keeps zoom, position and focus as long as a diagram stays the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import streamlit as st

from resnet_viz.figures.palette import NEUTRAL, STAGE_COLORS
from resnet_viz.ui.scripts import script
from resnet_viz.ui.state import t

_HERE = Path(__file__).parent
_SCRIPTS = ("clickable_svg.js", "pan_zoom.js", "svg_clean.js")


def _style() -> str:
    """The component's CSS, with the stage colours of the palette."""
    colors = {"head": NEUTRAL} | {f"stage{number}": color for number, color in enumerate(STAGE_COLORS)}
    rules = "\n".join(f".{name} {{ --stage: {color}; }}" for name, color in colors.items())
    return rules + "\n" + (_HERE / "clickable_svg.css").read_text(encoding="utf-8")


def _script() -> str:
    return script(*(_HERE / name for name in _SCRIPTS))


_COMPONENT = st.components.v2.component(
    "resnet_viz_clickable_svg",
    html='<div class="figure"></div>',
    css=_style(),
    js=_script(),
)


@dataclass(frozen=True, slots=True)
class Pane:
    """One diagram. What it does not contain may be named too: only its own boxes count."""

    title: str
    svg: str
    """From `figures.graph_render.render`: the `<title>` of each `g.node` is its place."""
    selected: str
    """The place that is chosen."""
    names: Mapping[str, str]
    """What a screen reader says for a place; it is the tooltip too."""
    open: str = ""
    """The box whose inside the next pane shows."""
    marked: frozenset[str] = frozenset()
    """Places whose boxes have a dashed outline."""
    prefix: str = ""
    """What is reported before a place of this diagram, where another one has places of the same names."""


def clickable_svg(panes: Sequence[Pane], *, key: str, on_select: Callable[[str], None], step: int = 0) -> None:
    """Show the diagrams; `on_select` gets the place that was clicked before the script runs again, "" for none.

    `step` is the pane on show where there is room for one only.
    """

    def chosen() -> None:
        place = st.session_state[key].get("place")
        if place is not None:
            on_select(place)

    _COMPONENT(
        data={
            "panes": [_pane(pane) for pane in panes],
            "step": min(step, len(panes) - 1),
            "labels": {
                "zoom_in": t("diagram.zoom_in"),
                "zoom_out": t("diagram.zoom_out"),
                "fit": t("diagram.fit"),
                "steps": t("diagram.steps"),
            },
        },
        key=key,
        on_place_change=chosen,
    )


def _pane(pane: Pane) -> dict[str, object]:
    """What the browser gets: the SVG without its prolog, and the names of its own boxes."""
    places = [unescape(title) for title in re.findall(r'class="node place[^>]*>\s*<title>([^<]*)</title>', pane.svg)]
    return {
        "title": pane.title,
        "svg": pane.svg[pane.svg.index("<svg") :],
        "selected": pane.selected,
        "open": pane.open,
        "names": {place: pane.names[place] for place in places if place in pane.names},
        "marked": [place for place in places if place in pane.marked],
        "prefix": pane.prefix,
    }
