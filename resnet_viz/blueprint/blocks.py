"""Blocks, with their shortcut and their C, W, C1 and S: from the edges and the modules' own numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Literal

from resnet_viz.blueprint.modules import BlockKind
from resnet_viz.blueprint.options import along_width
from resnet_viz.records import BlockRecord, LayerRecord

Shortcut = Literal["identity", "projection", "none"]


def read_blocks(layers: Sequence[LayerRecord], kinds: Mapping[str, BlockKind]) -> tuple[BlockRecord, ...]:
    """The record of each block, in the order in which they run; `kinds` maps their places to what they are."""
    members: dict[str, list[LayerRecord]] = {}
    for layer in layers:
        if layer.block is not None:
            members.setdefault(layer.block, []).append(layer)
    found: list[BlockRecord] = []
    for name, inside in members.items():
        index = sum(block.stage == inside[0].stage for block in found)
        found.append(_block(name, kinds[name], index, inside))
    return tuple(found)


def _block(name: str, kind: BlockKind, index: int, layers: Sequence[LayerRecord]) -> BlockRecord:
    branch, projection, shortcut = ((), (), "none") if kind == "inception" else _paths(layers)
    on_branch = [layer for layer in layers if not branch or layer.name in branch]
    convs = [layer.options for layer in on_branch if layer.kind == "conv"]
    strides = [along_width(options["stride"]) for options in convs]
    first, last = layers[0], layers[-1]
    return BlockRecord(
        name=name,
        kind=kind,
        shortcut=shortcut,
        label=_label(kind, shortcut),
        stage=first.stage or 0,
        index=index,
        layers=tuple(layer.name for layer in layers),
        branch=branch,
        projection=projection,
        source=first.inputs[0],
        output=last.name,
        c=along_width(convs[0]["in_channels"]),
        w=first.input_shapes[0][-1],
        c1=along_width(convs[0]["out_channels"]),
        s=1 if kind == "inception" else math.prod(strides),
        input_shape=first.input_shapes[0],
        output_shape=last.output_shape,
        params=sum(layer.params for layer in layers),
        macs=sum(layer.macs for layer in layers),
    )


def _paths(layers: Sequence[LayerRecord]) -> tuple[tuple[str, ...], tuple[str, ...], Shortcut]:
    """Operations on the residual branch F(x), those on the projection, and what kind of shortcut that makes.

    The last addition joins two paths: the longer one is F, the other is the shortcut, an identity if nothing is on it.
    Without an addition all but the last ReLU is F.
    """
    additions = [layer for layer in layers if layer.kind == "add"]
    if not additions:
        kept = layers[:-1] if layers[-1].kind == "relu" else layers
        return tuple(layer.name for layer in kept), (), "none"
    paths = [_leading_to(place, layers) for place in additions[-1].inputs]
    branch = max(paths, key=len)
    projection = min(reversed(paths), key=len)
    return branch, projection, "projection" if projection else "identity"


def _leading_to(place: str, layers: Sequence[LayerRecord]) -> tuple[str, ...]:
    """The block's operations on the way to a place, it among them, in order; none for a place outside."""
    wanted = {place}
    for layer in reversed(layers):
        if layer.name in wanted:
            wanted.update(layer.inputs)
    return tuple(layer.name for layer in layers if layer.name in wanted)


def _label(kind: BlockKind, shortcut: Shortcut) -> str:
    if kind == "inception":
        return "INCEPTION"
    if shortcut == "none":
        return "PLAIN"
    return {"bottleneck": "BTNK", "basic": "BASIC"}[kind] + ("1" if shortcut == "projection" else "2")
