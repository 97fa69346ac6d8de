"""Questions from a seed: the same seed asks the same things on every machine, answered by the live networks.

Ten kinds of question follow one another, from a single operation to a whole stage; a worksheet has one of each.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

from resnet_viz.learn.exercise import About, Exercise, Quantity
from resnet_viz.learn.given import given
from resnet_viz.learn.trail import runs, window
from resnet_viz.learn.worked import solution
from resnet_viz.networks.catalog import spec
from resnet_viz.records import BlockRecord, Blueprint, LayerRecord, StageRecord

Plans = Callable[[str, int], Blueprint]
"""Network and input size -> its blueprint."""

T = TypeVar("T")

SEEDS = 999_999
"""Largest seed that is offered."""

SIZES = (128, 160, 192, 200, 224, 256, 288, 300, 320, 352, 384, 448)
"""Input sizes that are asked about, in pixels: two of them do not halve evenly."""

_BASIC, _BOTTLENECK, _OTHERS = ("resnet18", "resnet34"), ("resnet50", "resnet50-v1"), ("vgg16", "alexnet", "googlenet")
_ANY = (*_BOTTLENECK, "resnet50", *_BASIC, *_OTHERS, "lenet5")
_RESIDUAL = (*_BOTTLENECK, "resnet50", *_BASIC)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of question, and which networks it is asked of; each as likely as it is often named."""

    quantity: Quantity
    about: About
    networks: tuple[str, ...]
    sized: bool
    """Whether the input size matters; the network's own otherwise."""


_KINDS = (
    _Kind("shape", "operation", _ANY, True),
    _Kind("params", "operation", _ANY, False),
    _Kind("shape", "block", _RESIDUAL, True),
    _Kind("macs", "operation", _ANY, True),
    _Kind("field", "operation", ("resnet50", "resnet50", *_BASIC, *_OTHERS, "lenet5"), False),
    _Kind("params", "block", _RESIDUAL, False),
    _Kind("shape", "stage", ("resnet50", "resnet50", *_BASIC, *_OTHERS), True),
    _Kind("macs", "block", _RESIDUAL, True),
    _Kind("params", "stage", (*_RESIDUAL, "vgg16"), False),
    _Kind(
        "field", "stage", ("resnet50", "resnet50-v1", "resnet101", "resnet152", "resnet34", "vgg16", "googlenet"), False
    ),
)
PER_SHEET = len(_KINDS)
"""Questions of a worksheet."""

LONGEST = 5
"""Runs of equal windows behind a single operation whose field is asked for."""

_ANSWERS: Mapping[Quantity, str] = MappingProxyType(
    {"shape": "output_shape", "params": "params", "macs": "macs", "field": "receptive_field"}
)
"""The field of a record that holds the answer."""


def exercise(seed: int, number: int, plans: Plans) -> Exercise:
    """The question `number`, from 1, of a seed."""
    kind = _KINDS[(number - 1) % PER_SHEET]
    draw = random.Random(f"{seed}/{number}")
    network = _pick(draw, kind.networks)
    own = spec(network)
    size = _pick(draw, SIZES) if kind.sized and own.min_size < own.max_size else own.default_size
    plan = plans(network, size)
    record = _DRAWN[kind.about](draw, plan, kind.quantity)
    return Exercise(
        seed=seed,
        number=number,
        quantity=kind.quantity,
        about=kind.about,
        network=network,
        size=size,
        place=record.name,
        ends=record.name if isinstance(record, LayerRecord) else record.output,
        input_shape=record.input_shapes[0] if isinstance(record, LayerRecord) else record.input_shape,
        given=given(plan, record, kind.quantity),
        answer=getattr(record, _ANSWERS[kind.quantity]),
        steps=solution(plan, record, kind.quantity),
    )


def sheet(seed: int, plans: Plans) -> tuple[Exercise, ...]:
    """One question of each kind: the first ten of a seed."""
    return tuple(exercise(seed, number, plans) for number in range(1, PER_SHEET + 1))


def _operation(draw: random.Random, plan: Blueprint, quantity: Quantity) -> LayerRecord:
    found = [layer for layer in plan.layers if _is_asked(plan, layer, quantity)]
    # Most convolutions of a network are alike: a kind first, so that the rare ones are asked about as well.
    return _pick_kind(draw, found, lambda layer: (layer.kind, *_kernel_and_stride(layer)))


def _block(draw: random.Random, plan: Blueprint, quantity: Quantity) -> BlockRecord:
    return _pick_kind(draw, plan.blocks, lambda block: (block.label, block.s, block.shortcut))


def _stage(draw: random.Random, plan: Blueprint, quantity: Quantity) -> StageRecord:
    # The first is a single operation or two, which are asked about as such.
    return _pick(draw, plan.stages if quantity == "shape" else plan.stages[1:])


_DRAWN: Mapping[About, Callable[[random.Random, Blueprint, Quantity], LayerRecord | BlockRecord | StageRecord]] = (
    MappingProxyType({"operation": _operation, "block": _block, "stage": _stage})
)


def _is_asked(plan: Blueprint, layer: LayerRecord, quantity: Quantity) -> bool:
    slides = window(layer)
    match quantity:
        case "shape":
            return slides is not None
        case "params" | "macs":
            return layer.params > 0 and layer.kind != "batchnorm"
        case "field":
            return slides is not None and slides.kernel > 1 and 2 <= len(runs(plan, layer.name)) <= LONGEST


def _kernel_and_stride(layer: LayerRecord) -> tuple[int, int]:
    slides = window(layer)
    return (slides.kernel, slides.stride) if slides else (0, 0)


def _pick_kind(draw: random.Random, items: Sequence[T], kind: Callable[[T], Hashable]) -> T:
    chosen = _pick(draw, list(dict.fromkeys(map(kind, items))))
    return _pick(draw, [item for item in items if kind(item) == chosen])


def _pick(draw: random.Random, items: Sequence[T]) -> T:
    # Of the generator only random() is promised to stay the same from one version of Python to the next.
    return items[int(draw.random() * len(items))]
