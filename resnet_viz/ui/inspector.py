"""The inspector: what is selected, its numbers with their arithmetic, and the PyTorch that builds it."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

import streamlit as st

from resnet_viz.analysis.arithmetic import (
    spelled_field,
    spelled_macs,
    spelled_memory,
    spelled_params,
    spelled_sum,
)
from resnet_viz.analysis.numbers import count, megabytes, percent, short
from resnet_viz.analysis.rows import shape_text
from resnet_viz.analysis.snippets import snippet
from resnet_viz.records import INPUT, NETWORK, BlockRecord, Blueprint, LayerRecord, StageRecord
from resnet_viz.ui.facts import facts
from resnet_viz.ui.names import output_shape, place_name
from resnet_viz.ui.state import t

OPTIONS = ("kernel_size", "stride", "padding", "dilation", "groups", "output_size", "eps", "p")
"""What the inspector tells of how an operation was built, in this order."""

Fact = tuple[str, str]


def inspector(plan: Blueprint, place: str) -> None:
    """Draw what is known of a place: headline numbers, facts, and code to run."""
    st.subheader(place_name(plan, place), anchor=False)
    st.caption(_about(plan, place))
    headline(plan, place)
    left, right = st.columns([5, 6], gap="medium")
    with left:
        facts(_facts(plan, place))
    with right:
        st.markdown(f"**{t('architecture.code_title')}**", help=t("architecture.code_about"))
        st.code(
            snippet(plan, place),
            language="python",
            wrap_lines=True,
            height="content" if _is_short(plan, place) else 420,
        )


def _is_short(plan: Blueprint, place: str) -> bool:
    record = plan.by_place.get(place)
    return record is None or isinstance(record, LayerRecord) or len(record.layers) < 14


def _about(plan: Blueprint, place: str) -> str:
    if place in (NETWORK, INPUT):
        return t(f"architecture.about.{place}", depth=plan.depth, size=plan.size)
    record = plan.by_place[place]
    if isinstance(record, StageRecord):
        return t("architecture.about.stage", blocks=len(record.blocks), operations=len(record.layers))
    if isinstance(record, BlockRecord):
        if record.kind == "inception":
            return t("architecture.about.inception")
        return t(
            f"architecture.about.{record.kind}_{record.shortcut}", c=record.c, w=record.w, c1=record.c1, s=record.s
        )
    return t(f"architecture.about.{record.kind}")


def headline(plan: Blueprint, place: str) -> None:
    """Draw the output shape of a place, its parameters and multiply-adds, and its receptive field."""
    if place == INPUT:
        return  # a shape, and no cost: the facts say it
    record = plan if place == NETWORK else plan.by_place[place]
    with st.grid(4, min_column_width=150):
        _number(t("architecture.output"), shape_text(output_shape(plan, place)))
        for label, part, whole in (("params", record.params, plan.params), ("macs", record.macs, plan.macs)):
            _number(t(f"architecture.{label}"), short(part), _digits_or_share(part, whole, place))
        if isinstance(record, Blueprint):
            _number(t("architecture.depth"), count(plan.depth))
        else:
            field = _ends_in(plan, record)
            pixels = t("architecture.pixels", n=count(field.receptive_field))
            _number(t("architecture.field"), pixels, _reach(plan, field))


def _digits_or_share(part: int, whole: int, place: str) -> str | None:
    """What stands below a sum: all its digits for the whole network, else its share of the whole."""
    if place == NETWORK:
        return count(part) if short(part) != count(part) else None
    return t("architecture.of_total", share=percent(part, whole))


def _reach(plan: Blueprint, record: LayerRecord | StageRecord) -> str:
    """How receptive fields lie: the step between them, or that the only one covers the image."""
    if record.receptive_field >= plan.size and prod(record.output_shape[1:]) == 1:
        return t("architecture.whole_image")
    return t("architecture.step", n=record.step)


def _number(label: str, value: str, below: str | None = None) -> None:
    # What stands below is no change of the number: grey, and without an arrow.
    st.metric(label, value, below, delta_color="off", delta_arrow="off", border=True, height="stretch")


def _ends_in(plan: Blueprint, record: LayerRecord | BlockRecord | StageRecord) -> LayerRecord | StageRecord:
    """The record that knows the receptive field of a part's output."""
    return plan.layer(record.output) if isinstance(record, BlockRecord) else record


def _facts(plan: Blueprint, place: str) -> list[Fact]:
    record = plan.by_place.get(place)
    if isinstance(record, LayerRecord):
        return list(_operation(plan, record))
    rows: list[Fact] = []
    if isinstance(record, StageRecord | BlockRecord):
        rows += [(t("architecture.place"), place), (t("architecture.shape_in"), shape_text(record.input_shape))]
        rows += [(t("architecture.shape_out"), shape_text(record.output_shape))]
    if isinstance(record, BlockRecord) and record.kind != "inception":
        rows.append(("(C, W, C1, S)", f"({record.c}, {record.w}, {record.c1}, {record.s})"))
    if place == INPUT:
        rows.append((t("architecture.shape_out"), shape_text(plan.input_shape)))
        return rows
    if place == NETWORK:
        rows.append((t("architecture.shape_in"), shape_text(plan.input_shape)))
        rows.append((t("architecture.depth"), t("architecture.depth_value", depth=plan.depth)))
    rows.append((t("architecture.params"), spelled_sum(plan, place, "params")))
    rows.append((t("architecture.macs"), spelled_sum(plan, place, "macs")))
    if record is not None:
        end = _ends_in(plan, record)
        rows.append((t("architecture.field"), _field(plan, end, count(end.receptive_field))))
    return rows


def _field(plan: Blueprint, record: LayerRecord | StageRecord, spelled: str) -> str:
    return t("architecture.field_value", field=spelled, reach=_reach(plan, record))


def _operation(plan: Blueprint, layer: LayerRecord) -> Iterator[Fact]:
    yield t("architecture.place"), layer.name
    yield t("architecture.shape_in"), ", ".join(shape_text(shape) for shape in layer.input_shapes)
    yield t("architecture.shape_out"), shape_text(layer.output_shape)
    for name in OPTIONS:
        if name in layer.options and layer.options[name] not in _USUAL.get(name, ()):
            yield t(f"architecture.options.{name}"), _option(name, layer.options[name])
    yield t("architecture.params"), spelled_params(layer)
    yield t("architecture.macs"), spelled_macs(layer)
    yield t("architecture.field"), _field(plan, layer, spelled_field(plan, layer))
    yield (
        t("architecture.memory"),
        t(
            "architecture.memory_value",
            spelled=spelled_memory(layer.output_shape, layer.activation_bytes),
            short=megabytes(layer.activation_bytes),
        ),
    )
    yield (
        t("architecture.share"),
        t(
            "architecture.share_value",
            params=percent(layer.params, plan.params),
            macs=percent(layer.macs, plan.macs),
        ),
    )


_USUAL: dict[str, tuple[object, ...]] = {"dilation": (1, (1, 1)), "groups": (1,)}
"""Values not worth a line."""


def _option(name: str, value: object) -> str:
    """An option as papers write it: a kernel as `3x3`, what is the same both ways once."""
    pair = tuple(value) if isinstance(value, tuple | list) else (value, value)
    if name in ("kernel_size", "output_size"):
        return "x".join(map(str, pair))
    return str(pair[0]) if pair[0] == pair[1] else "x".join(map(str, pair))
