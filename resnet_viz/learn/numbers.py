"""Live numbers in the texts of the lessons: `{resnet50.parameters}` becomes what the live model gives.

    {network.property}        parameters, macs, depth, convolutions, blocks, projections, additions, operations
    {network.place.property}  shape, input, parameters, macs, field, step  of an operation, a block or a stage
    {network@352.stage4.shape}  the same at another input size
    {..._short}               parameters_short, macs_short: 25.6 M, 4.09 G

and whatever a group of lessons adds in a module of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from resnet_viz.analysis.numbers import short
from resnet_viz.analysis.rows import totals
from resnet_viz.learn import numbers_architecture, numbers_shortcuts
from resnet_viz.learn.plans import plan
from resnet_viz.learn.spelled import Value, spelled
from resnet_viz.networks.catalog import NETWORKS
from resnet_viz.records import BlockRecord, Blueprint, LayerRecord, StageRecord

NUMBERS: Mapping[str, Callable[[], Value]] = MappingProxyType(
    {**numbers_architecture.NUMBERS, **numbers_shortcuts.NUMBERS}
)
"""Numbers that no blueprint holds as such, by key: merged from `numbers_<group>.NUMBERS`."""

_KEY = re.compile(r"\{([a-z0-9_@-]+(?:\.[a-z0-9_]+)+)\}")
_ANSWER = re.compile(r"\{(answer)\}")
_MATHS = re.compile(r"(\$\$.*?\$\$|\$[^$\n]+\$)", re.DOTALL)
_SHORT = "_short"

_OF_NETWORK: Mapping[str, Callable[[Blueprint], int]] = MappingProxyType(
    {
        "parameters": lambda plan: plan.params,
        "macs": lambda plan: plan.macs,
        "depth": lambda plan: plan.depth,
        "convolutions": lambda plan: totals(plan).convolutions,
        "blocks": lambda plan: len(plan.blocks),
        "projections": lambda plan: sum(block.shortcut == "projection" for block in plan.blocks),
        "additions": lambda plan: totals(plan).additions,
        "operations": lambda plan: len(plan.layers),
    }
)


def value(key: str) -> Value:
    """The number of a key. Raises KeyError for one that there is not."""
    if key in NUMBERS:
        return NUMBERS[key]()
    network, size, place, name = _taken_apart(key)
    if network not in NETWORKS:
        raise KeyError(key)
    found = plan(network, size)
    is_short = name.endswith(_SHORT)
    name = name.removesuffix(_SHORT)
    if not place:
        number: Value = _OF_NETWORK[name](found)
    elif place in found.by_place:
        number = _of_place(found, found.by_place[place], name)
    else:
        raise KeyError(key)
    return short(number) if is_short and isinstance(number, int) else number


def keys(markdown: str) -> tuple[str, ...]:
    """The keys of all live numbers in a text."""
    return tuple(match[1] for match in _KEY.finditer(markdown))


def fill(markdown: str) -> str:
    """The text with its live numbers; in a formula the commas of a number are set without a space behind."""
    return _filled(markdown, _KEY, value)


def fill_answer(markdown: str, answer: Value) -> str:
    """The text with what is right in place of `{answer}`."""
    return _filled(markdown, _ANSWER, lambda _: answer)


def _filled(markdown: str, key: re.Pattern[str], number: Callable[[str], Value]) -> str:
    parts = _MATHS.split(markdown)
    return "".join(
        key.sub(lambda match, maths=index % 2 == 1: _set(number(match[1]), maths), part)
        for index, part in enumerate(parts)
    )


def _set(number: Value, maths: bool) -> str:
    text = spelled(number)
    if not maths:
        return text
    return text.replace("x", r" \times ") if isinstance(number, tuple) else text.replace(",", "{,}")


def _taken_apart(key: str) -> tuple[str, int | None, str, str]:
    """Network, input size, place and property of a key; no size and no place where it names none."""
    head, *place, name = key.split(".")
    network, _, size = head.partition("@")
    return network, int(size) if size else None, ".".join(place), name


def _of_place(plan: Blueprint, record: LayerRecord | BlockRecord | StageRecord, name: str) -> Value:
    ends = plan.layer(record.output) if isinstance(record, BlockRecord) else record
    entry = record.input_shapes[0] if isinstance(record, LayerRecord) else record.input_shape
    found: dict[str, Value] = {
        "shape": record.output_shape,
        "input": entry,
        "parameters": record.params,
        "macs": record.macs,
        "field": ends.receptive_field,
        "step": ends.step,
    }
    return found[name]
