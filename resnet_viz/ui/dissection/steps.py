"""A block's steps as tiles, on one colour scale: x, the branch, the shortcut, the sum, the output; then cell by cell.

A step that is an operation of the block is the selected place. x belongs to the block before, and what is measured in
each cell to no operation: while one of these is chosen the selected place stays, and a new place ends it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import streamlit as st

from resnet_viz.analysis.dissection import Dissection, positions, shortcut_place
from resnet_viz.analysis.heatmaps import Reduction, heatmap_of, limits, reduce, to_uint8
from resnet_viz.figures.gallery import Sheet, map_tile, sheet
from resnet_viz.figures.palette import colour_map
from resnet_viz.records import BlockRecord, Blueprint, Heatmap
from resnet_viz.ui.names import spoken_name
from resnet_viz.ui.state import select_place, t
from resnet_viz.ui.tiles import Tile, TileGroup, tiles

SIDE = 72
"""Pixels of a tile."""

X, SHORTCUT = "x", "shortcut"
CELLS = ("ratio", "cosine", "norm_branch", "norm_shortcut")
"""What is measured in each cell, over its channels."""

_CHOSEN = "inside_step"
"""Session key of a step that is no operation of the block, with the place that was selected when it was chosen."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A map with the ends of its colour scale."""

    heatmap: Heatmap
    limits: tuple[float, float]


Steps = Mapping[str, Shown]
"""By id: the place of an operation, or one of `X`, `SHORTCUT` and `CELLS`."""


def all_steps(found: Dissection, how: Reduction, channel: int, *, own: bool = False) -> Steps:
    """The maps of a block's steps, then those of each cell; a step without the channel is left out.

    Each on its `own` colour scale, or all on the one that the parts of the sum span: in front of batch norm values have
    a scale that the next operation takes away again, and what is beyond the ends has their colours.
    """
    values = {X: found.values[found.block.source], **{name: found.values[name] for name in found.block.layers}}
    if found.block.shortcut == "identity":
        values[SHORTCUT] = values[X]
    maps = {
        id: reduce(tensor, id, how, channel)
        for id, tensor in values.items()
        if how != "channel" or channel < tensor.shape[1]
    }
    if own:
        return {**{id: Shown(heatmap, limits([heatmap])) for id, heatmap in maps.items()}, **_cells(found)}
    parts = {X, found.block.branch[-1], shortcut_place(found.block), found.sum, found.block.output}
    signed = any(heatmap.signed for heatmap in maps.values())
    low, high = limits(heatmap for id, heatmap in maps.items() if id in parts)
    ends = (-max(-low, high), max(-low, high)) if signed else (low, high)
    steps = {id: Shown(replace(heatmap, signed=signed), ends) for id, heatmap in maps.items()}
    return {**steps, **_cells(found)}


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


def step_name(block: BlockRecord, step: str) -> str:
    """What a step is called below its tile: the name of its operation in the block, or its place in the formula."""
    named = {X: "x", SHORTCUT: "x", "ratio": "|F| / |s|", "cosine": "cos(F, s)", "norm_branch": "|F|"}
    named |= {"norm_shortcut": "|s|", block.branch[-1]: f"{_local(block, block.branch[-1])} = F(x)"}
    return named.get(step) or _local(block, step)


def _cells(found: Dissection) -> Steps:
    if found.shortcut is None:
        return {}
    cells = positions(found.branch, found.shortcut)
    ratio, cosine, branch, shortcut = (
        heatmap_of(name, name, values, signed=False)
        for name, values in zip(CELLS, (cells.ratio, cells.cosine, cells.branch, cells.shortcut), strict=True)
    )
    both = 0.0, max(branch.high, shortcut.high)
    return {
        "ratio": Shown(ratio, (0.0, ratio.high)),
        "cosine": Shown(replace(cosine, signed=True), (-1.0, 1.0)),
        "norm_branch": Shown(branch, both),
        "norm_shortcut": Shown(shortcut, both),
    }


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


def _local(block: BlockRecord, place: str) -> str:
    return place.removeprefix(f"{block.name}.")
