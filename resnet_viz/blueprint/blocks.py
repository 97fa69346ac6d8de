"""Stages and blocks, found by module types and paths, with C, W, C1 and S read off the live modules."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Literal

from torch import nn
from torchvision.models.googlenet import Inception

from resnet_viz.records import BlockRecord, LayerRecord, StageRecord

_RESNET_STAGE = re.compile(r"layer(\d+)\b")
_STEM = ("conv1", "bn1", "relu", "maxpool")
_BASIC = {"conv1", "bn1", "conv2", "bn2"}
_BOTTLENECK = _BASIC | {"conv3", "bn3"}

BlockKind = Literal["bottleneck", "basic", "inception"]


def block_modules(model: nn.Module) -> dict[str, nn.Module]:
    """Every block of a network by its path."""
    return {path: module for path, module in model.named_modules() if block_kind(module) is not None}


def block_kind(module: nn.Module) -> BlockKind | None:
    """What kind of block a module is, None for any other.

    A residual block is known by its layers, convolutions with a batch norm each, so that one of any class is found.
    """
    if isinstance(module, Inception):
        return "inception"
    names = {name for name, _ in module.named_children()}
    return "bottleneck" if names >= _BOTTLENECK else "basic" if names >= _BASIC else None


def block_of(place: str, blocks: Mapping[str, nn.Module]) -> str | None:
    """Path of the block that an operation belongs to, None outside of blocks."""
    parts = place.split(".")
    candidates = (".".join(parts[:n]) for n in range(len(parts) - 1, 0, -1))
    return next((path for path in candidates if path in blocks), None)


def stages_of(kinds: Mapping[str, str], blocks: Mapping[str, nn.Module]) -> dict[str, int | None]:
    """Number of the stage of each place, None behind the last; `kinds` maps places to kinds in running order.

    A ResNet names its stages `layer1` to `layer4`, and its stem is stage 0. In other networks a stage ends with a
    pooling layer. A block that stands alone is stage 1.
    """
    if any(_RESNET_STAGE.match(place) for place in kinds):
        found = ((place, _RESNET_STAGE.match(place)) for place in kinds)
        return {place: int(match[1]) if match else (0 if place in _STEM else None) for place, match in found}
    if blocks and all(block_of(place, blocks) for place in kinds):
        return dict.fromkeys(kinds, 1)
    return _stages_by_pools(kinds, blocks)


def _stages_by_pools(kinds: Mapping[str, str], blocks: Mapping[str, nn.Module]) -> dict[str, int | None]:
    numbers: dict[str, int | None] = {}
    number: int = 1
    behind = False
    for place, kind in kinds.items():
        inside = block_of(place, blocks) is not None
        # An adaptive pool (torchvision calls it `avgpool`) or flattening begins the classifier.
        behind = behind or kind in ("flatten", "linear") or place == "avgpool"
        numbers[place] = None if behind else number
        if kind in ("maxpool", "avgpool") and not inside:
            number += 1
    return numbers


def read_block(name: str, module: nn.Module, index: int, layers: Sequence[LayerRecord]) -> BlockRecord:
    """The record of a block from its module and its operations in order."""
    kind = block_kind(module)
    assert kind is not None, f"{name} is no block"
    has_addition = any(layer.kind == "add" for layer in layers)
    projection = tuple(layer.name for layer in layers if layer.name.startswith(f"{name}.downsample."))
    shortcut: Literal["identity", "projection", "none"] = (
        "projection" if projection else "identity" if has_addition else "none"
    )
    main = [layer for layer in layers if layer.name not in projection and layer.kind != "add"]
    convs = [layer for layer in main if layer.kind == "conv"]
    first, last = layers[0], layers[-1]
    side_in, side_out = first.input_shapes[0][-1], last.output_shape[-1]
    return BlockRecord(
        name=name,
        kind=kind,
        shortcut=shortcut,
        label=_label(kind, shortcut),
        stage=first.stage or 0,
        index=index,
        layers=tuple(layer.name for layer in layers),
        branch=() if kind == "inception" else tuple(layer.name for layer in main[:-1]),
        projection=projection,
        source=first.inputs[0],
        output=last.name,
        c=first.input_shapes[0][0],
        w=side_in,
        c1=convs[0].output_shape[0],
        s=_stride(convs) if kind != "inception" else max(1, side_in // side_out),
        input_shape=first.input_shapes[0],
        output_shape=last.output_shape,
        params=sum(layer.params for layer in layers),
        macs=sum(layer.macs for layer in layers),
    )


def _stride(convs: Sequence[LayerRecord]) -> int:
    product = 1
    for layer in convs:
        stride = layer.options["stride"]
        product *= stride[-1] if isinstance(stride, tuple) else int(str(stride))
    return product


def _label(kind: str, shortcut: str) -> str:
    if kind == "inception":
        return "INCEPTION"
    if shortcut == "none":
        return "PLAIN"
    return ("BTNK" if kind == "bottleneck" else "BASIC") + ("1" if shortcut == "projection" else "2")


def read_stages(layers: Sequence[LayerRecord]) -> tuple[StageRecord, ...]:
    """The record of each stage, in order."""
    numbered = [layer for layer in layers if layer.stage is not None]
    return tuple(_stage(number, list(group)) for number, group in groupby(numbered, key=lambda layer: layer.stage or 0))


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
