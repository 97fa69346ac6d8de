"""A block's steps as maps: x, the branch, the shortcut, the sum, the output; then what is measured in each cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from resnet_viz.analysis.dissection import Dissection, positions, shortcut_place
from resnet_viz.analysis.heatmaps import Reduction, heatmap_of, limits, reduce
from resnet_viz.records import BlockRecord, Heatmap

X, SHORTCUT = "x", "shortcut"
CELLS = ("ratio", "cosine", "norm_branch", "norm_shortcut")
"""What is measured in each cell, over its channels."""


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


def _local(block: BlockRecord, place: str) -> str:
    return place.removeprefix(f"{block.name}.")
