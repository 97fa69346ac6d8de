"""A block's steps as tiles, on one colour scale: x, the branch, the shortcut, the sum, the output; then cell by cell.

A step that is an operation of the block is the selected place. x belongs to the block before, and what is measured in
each cell to no operation: while one of these is chosen the selected place stays, and a new place ends it.
"""

from __future__ import annotations

import streamlit as st

from resnet_viz.analysis.dissection import shortcut_place
from resnet_viz.analysis.heatmaps import to_uint8
from resnet_viz.analysis.step_maps import CELLS, SHORTCUT, Shown, Steps, X, step_name
from resnet_viz.figures.gallery import Sheet, map_tile, sheet
from resnet_viz.figures.palette import colour_map
from resnet_viz.records import BlockRecord, Blueprint
from resnet_viz.ui.names import spoken_name
from resnet_viz.ui.state import select_place, t
from resnet_viz.ui.tiles import Tile, TileGroup, tiles

SIDE = 72
"""Pixels of a tile."""

_CHOSEN = "inside_step"
"""Session key of a step that is no operation of the block, with the place that was selected when it was chosen."""


def chosen_step(block: BlockRecord, steps: Steps, place: str) -> str:
    """The step that is shown large: the chosen one, the selected place, or what leaves the block."""
    step = st.session_state.get(_CHOSEN, ("", ""))
    if step[0] == place and step[1] in steps:
        return str(step[1])
    return place if place in steps else block.output


def step_tiles(plan: Blueprint, block: BlockRecord, steps: Steps, step: str, place: str) -> None:
    """Draw the tiles of all steps, `step` marked; a click chooses one."""

    def choose_step(id: str) -> None:
        if id in block.layers:
            st.session_state.pop(_CHOSEN, None)
            select_place(id)
        else:
            st.session_state[_CHOSEN] = (place, id)

    groups, order = _groups(plan, block, steps)
    tiles(
        groups,
        _sheet([steps[id] for id in order]),
        selected=step,
        label=t("inside_block.steps.label", block=block.name),
        key="block_steps",
        on_select=choose_step,
        side=SIDE,
        crisp=True,
    )


def _groups(plan: Blueprint, block: BlockRecord, steps: Steps) -> tuple[list[TileGroup], list[str]]:
    """The tiles in groups, and their ids in the order of the sheet."""
    rest = [name for name in block.layers if name not in {*block.branch, *block.projection}]
    shortcut = [SHORTCUT] if block.shortcut == "identity" else list(block.projection)
    wanted = [
        (t("inside_block.steps.x"), [X]),
        (t("inside_block.steps.branch"), list(block.branch)),
        (t(f"inside_block.steps.{block.shortcut}"), shortcut),
        (t("inside_block.steps.sum" if shortcut_place(block) else "inside_block.steps.output"), rest),
        (t("inside_block.steps.cells"), list(CELLS)),
    ]
    groups: list[TileGroup] = []
    order: list[str] = []
    for title, ids in wanted:
        drawn = [id for id in ids if id in steps]
        if drawn:
            row = (Tile(id, len(order) + n, step_name(block, id), _spoken(plan, id)) for n, id in enumerate(drawn))
            groups.append(TileGroup(title, "", "", tuple(row)))
            order += drawn
    return groups, order


def _spoken(plan: Blueprint, id: str) -> str:
    return spoken_name(plan, id) if id in plan.by_place else t(f"inside_block.step.{id}")


def _sheet(shown: list[Shown]) -> Sheet:
    return sheet(
        [map_tile(to_uint8(one.heatmap, *one.limits), colour_map(signed=one.heatmap.signed), SIDE) for one in shown],
        columns=6,
    )
