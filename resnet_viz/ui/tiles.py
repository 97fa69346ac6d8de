"""Pictures to choose from: groups of tiles, cut in the browser out of one sheet, each of them a button.

The browser reports the id of a clicked tile. Tiles are native buttons with one tab stop: arrow keys, Home and End go
from tile to tile, Enter and Space choose. Groups wrap where the page is narrow.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import streamlit as st

from resnet_viz.figures.gallery import Sheet
from resnet_viz.figures.overlays import data_uri
from resnet_viz.ui.scripts import script

_HERE = Path(__file__).parent
_COMPONENT = st.components.v2.component(
    "resnet_viz_tiles",
    html='<div class="tiles" role="toolbar"></div>',
    css=(_HERE / "tiles.css").read_text(encoding="utf-8"),
    js=script(_HERE / "tiles.js"),
)


@dataclass(frozen=True, slots=True)
class Tile:
    """One picture to choose: tile `index` of the sheet."""

    id: str
    index: int
    caption: str
    """Of one line, or of several."""
    name: str
    """What a screen reader says, and the tooltip."""


@dataclass(frozen=True, slots=True)
class TileGroup:
    """Tiles under one heading; without a heading for an empty title."""

    title: str
    note: str
    color: str
    """CSS colour of the line over the group, empty for none."""
    tiles: tuple[Tile, ...]


def tiles(
    groups: Sequence[TileGroup],
    sheet: Sheet,
    *,
    selected: str,
    label: str,
    key: str,
    on_select: Callable[[str], None],
    side: int,
    crisp: bool = False,
    clip: bool = False,
) -> None:
    """Draw the tiles, `side` CSS pixels each; `on_select` gets the id of a clicked one before the script runs again.

    `crisp` keeps the cells of enlarged maps square; `clip` ends a caption where its tile does, for names of any length.
    """

    def chosen() -> None:
        value = st.session_state[key].get("tile")
        if value:
            on_select(value)

    _COMPONENT(
        data={
            "groups": [asdict(group) for group in groups],
            "sheet": data_uri(sheet.data, "image/webp"),
            "columns": sheet.columns,
            "rows": -(-sheet.count // sheet.columns),
            "side": side,
            "selected": selected,
            "label": label,
            "crisp": crisp,
            "clip": clip,
        },
        key=key,
        on_tile_change=chosen,
    )
