"""Stages: which operations share a resolution in the figure, from the names of modules or, without such, the pools."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby

from resnet_viz.blueprint.layers import Operation
from resnet_viz.blueprint.modules import BlockKind, block_of
from resnet_viz.records import LayerRecord, StageRecord

_NAMED = re.compile(r"layer(\d+)\.")


def stage_numbers(operations: Mapping[str, Operation], blocks: Mapping[str, BlockKind]) -> dict[str, int | None]:
    """Number of each place's stage, None behind the last; `operations` by place, in the order in which they run.

    A residual network calls its stages `layer1`, `layer2` ...; what comes before is stage 0. Residual blocks under
    other names are stage 1. In all other networks a stage ends with a pool, and the first is stage 1.
    """
    named = {place: _NAMED.match(place) for place in operations}
    numbers = {place: int(match[1]) for place, match in named.items() if match}
    if not numbers and blocks and "inception" not in blocks.values():
        numbers = {place: 1 for place in operations if block_of(place, blocks)}
    if not numbers:
        return _by_pools(operations, blocks)
    places = list(operations)
    first = next(index for index, place in enumerate(places) if place in numbers)
    return {place: numbers.get(place, 0 if index < first else None) for index, place in enumerate(places)}


def read_stages(layers: Sequence[LayerRecord]) -> tuple[StageRecord, ...]:
    """The record of each stage, in order."""
    numbered = [(layer.stage, layer) for layer in layers if layer.stage is not None]
    return tuple(
        _stage(number, [layer for _, layer in group]) for number, group in groupby(numbered, key=lambda pair: pair[0])
    )


def _by_pools(operations: Mapping[str, Operation], blocks: Mapping[str, BlockKind]) -> dict[str, int | None]:
    """Stages end with a pool outside of blocks; what comes behind the last pool is one as far as there are blocks."""
    places = list(operations)
    inside = {place: block_of(place, blocks) is not None for place in places}
    # An adaptive pool has no kernel: it belongs to the classifier.
    pools = {p for p in places if operations[p].kind.endswith("pool") and "kernel_size" in operations[p].options}
    last = max((index for index, place in enumerate(places) if place in pools or inside[place]), default=-1)
    numbers: dict[str, int | None] = {}
    number = 1
    for index, place in enumerate(places):
        numbers[place] = number if index <= last else None
        number += place in pools and not inside[place]
    return numbers


def _stage(number: int, layers: Sequence[LayerRecord]) -> StageRecord:
    last = layers[-1]
    return StageRecord(
        number=number,
        layers=tuple(layer.name for layer in layers),
        blocks=tuple(dict.fromkeys(layer.block for layer in layers if layer.block is not None)),
        output=last.name,
        input_shape=layers[0].input_shapes[0],
        output_shape=last.output_shape,
        params=sum(layer.params for layer in layers),
        macs=sum(layer.macs for layer in layers),
        activation_bytes=sum(layer.activation_bytes for layer in layers),
        receptive_field=last.receptive_field,
        step=last.step,
    )
