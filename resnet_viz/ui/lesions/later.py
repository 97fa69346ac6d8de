"""All blocks from the first cut on, small, before and after on one scale each: tiles that select their place."""

from __future__ import annotations

import streamlit as st

from resnet_viz.analysis.heatmaps import limits, to_uint8
from resnet_viz.figures.gallery import Sheet, map_tile, sheet
from resnet_viz.figures.palette import NEUTRAL, colour_map
from resnet_viz.records import BlockRecord
from resnet_viz.ui.activations.run import Result
from resnet_viz.ui.activations.strip import tile_of
from resnet_viz.ui.activations.way import SIDE
from resnet_viz.ui.cache import store
from resnet_viz.ui.lesions.beside import Sides
from resnet_viz.ui.lesions.passes import Second, feature_maps
from resnet_viz.ui.names import spoken_name
from resnet_viz.ui.state import select_place, selected, t
from resnet_viz.ui.tiles import Tile, TileGroup, tiles

_AFTER = " after"
"""What the ids of the second group's tiles end in."""


def later(sides: Sides) -> None:
    """Draw the tiles in two groups, before and after."""
    result, second = sides.result, sides.second
    blocks = _behind(result, second)
    st.markdown(t("lesions.later.title"))
    made = store().get(
        ("later", second.key),
        lambda: _sheet(result, second, blocks),
        lambda found: 4 * found.picture.width * found.picture.height + len(found.data),
    )
    tiles(
        _groups(result, blocks),
        made,
        selected=tile_of(result.plan, selected(result.plan), tuple(block.name for block in blocks)),
        label=t("lesions.later.title"),
        key="later",
        on_select=lambda id: select_place(id.removesuffix(_AFTER)),
        side=SIDE,
        crisp=True,
    )
    st.caption(t("lesions.later.look"))


def _behind(result: Result, second: Second) -> tuple[BlockRecord, ...]:
    """The first block that is cut, and all behind it."""
    cut = {lesion.block for lesion in second.lesions}
    blocks = result.plan.blocks
    first = min(index for index, block in enumerate(blocks) if block.name in cut)
    return blocks[first:]


def _sheet(result: Result, second: Second, blocks: tuple[BlockRecord, ...]) -> Sheet:
    """Tile 2 n of block n before, tile 2 n + 1 after."""
    made = []
    for block in blocks:
        found = feature_maps(result, second, block.name, "mean")
        ends = limits([found.before, found.after])
        for one in (found.before, found.after):
            made.append(map_tile(to_uint8(one, *ends), colour_map(signed=one.signed), SIDE))
    return sheet(made)


def _groups(result: Result, blocks: tuple[BlockRecord, ...]) -> list[TileGroup]:
    """All blocks before, and below them the same after, where there is room for a row."""
    return [_group(result, blocks, after) for after in (False, True)]


def _group(result: Result, blocks: tuple[BlockRecord, ...], after: bool) -> TileGroup:
    when = t("lesions.after") if after else t("lesions.before")
    row = tuple(
        Tile(
            f"{block.name}{_AFTER}" if after else block.name,
            2 * index + after,
            block.name,
            f"{spoken_name(result.plan, block.name)}, {when}",
        )
        for index, block in enumerate(blocks)
    )
    return TileGroup(when, "", NEUTRAL, row)
