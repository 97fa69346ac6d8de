"""Side outputs: two networks as backbones at any input size, what heads take of them, and the code to get them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd
import streamlit as st

from resnet_viz.analysis.numbers import megabytes
from resnet_viz.analysis.rows import shape_text
from resnet_viz.analysis.side_output_code import WAYS, side_output_code
from resnet_viz.analysis.side_outputs import BACKBONES, HEADS, SideOutput, as_csv, side_outputs
from resnet_viz.blueprint import blueprint
from resnet_viz.figures.feature_maps import MapBox, feature_maps
from resnet_viz.networks.catalog import spec
from resnet_viz.records import Blueprint
from resnet_viz.ui.choices import asked_number, choose, whole_number
from resnet_viz.ui.networks.cited import linked
from resnet_viz.ui.networks.output_maps import output_maps
from resnet_viz.ui.state import DEFAULT_NETWORK, LARGEST, current_network, prose, t
from resnet_viz.ui.take_away.files import download_csv

_SMALLEST = 64
"""Pixels of a side that every backbone takes: a map of ResNet's last stage is 2 x 2 then."""
_SIZE = 352
"""Pixels of a side before another is chosen: common in segmentation."""
_SIZE_KEY, _OTHER_KEY = "backbone_size", "beside"
_OTHERS = "vgg16", *(name for name in BACKBONES if name != "vgg16")


def outputs() -> None:
    """Draw the side outputs of the sidebar's network beside another's, their maps on the picture, and the code."""
    st.header(t("networks.outputs.title"), anchor=False)
    st.markdown(t("networks.outputs.about"))
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        _size_input()
        with st.container(width=260):
            other = choose(
                t("networks.outputs.beside"),
                _OTHERS,
                key=_OTHER_KEY,
                name=lambda name: spec(name).title,
                draw="select",
                in_url=True,
            )
    network = current_network() if current_network() in BACKBONES else DEFAULT_NETWORK
    if network != current_network():
        st.caption(t("networks.outputs.instead", network=spec(current_network()).title, shown=spec(network).title))
    plans = [blueprint(name, _size()) for name in dict.fromkeys((network, other))]
    backbones(plans)
    _table(plans)
    st.subheader(t("networks.outputs.maps.title"), anchor=False)
    output_maps(network, _size())
    _code(plans[0])


def two_backbones() -> None:
    """Draw ResNet-50 beside VGG-16 at a size of the reader's, as the lesson has them."""
    _size_input()
    backbones([blueprint(name, _size()) for name in (DEFAULT_NETWORK, "vgg16")])


def maps_of_default() -> None:
    """Draw the maps of ResNet-50's side outputs on the reader's picture."""
    output_maps(DEFAULT_NETWORK, _size())


def backbones(plans: Sequence[Blueprint]) -> None:
    """Draw the maps of each network as boxes, one column for each stride, with the heads that take them."""
    outs = [side_outputs(plan) for plan in plans]
    steps = sorted({out.step for row in outs for out in row})
    for plan, row in zip(plans, outs, strict=True):
        title = t("networks.outputs.backbone", network=spec(plan.network).title, size=plan.size)
        st.markdown(f"**{title}**")
        by_step = {out.step: out for out in row}
        st.html(feature_maps([_box(plan, by_step[step]) if step in by_step else None for step in steps], title))
    st.caption(prose([t("networks.outputs.look"), *_said(plans[0], outs[0])]))
    heads = list(_sources(plans))
    if heads:
        st.caption(prose([t("networks.outputs.heads_about"), *heads]))


def _size() -> int:
    return asked_number(_SIZE_KEY, _SIZE, _SMALLEST, LARGEST)


def _size_input() -> None:
    whole_number(
        t("networks.outputs.size", low=_SMALLEST, high=LARGEST),
        key=_SIZE_KEY,
        default=_SIZE,
        low=_SMALLEST,
        high=LARGEST,
        step=32,
        width=260,
    )


def _box(plan: Blueprint, out: SideOutput) -> MapBox:
    channels, side, _ = out.shape
    family = spec(plan.network).family
    taps = tuple(head.title for head in HEADS if out.level in head.levels.get(family, ()))
    lines = shape_text(out.shape), t("networks.outputs.stride", step=out.step), out.module
    return MapBox(out.level, lines, channels, side / plan.size, plan.layer(out.place).stage, taps)


def _said(plan: Blueprint, outs: Sequence[SideOutput]) -> Iterator[str]:
    """What came out for the first network: from its finest map to its coarsest."""
    first, last = outs[0], outs[-1]
    yield t(
        "networks.outputs.result",
        network=spec(plan.network).title,
        first=first.level,
        first_shape=shape_text(first.shape),
        last=last.level,
        last_shape=shape_text(last.shape),
        step=last.step,
        cells=f"{last.shape[1] * last.shape[2]:,}",
    )


def _sources(plans: Sequence[Blueprint]) -> Iterator[str]:
    """The papers of the heads on show."""
    families = {spec(plan.network).family for plan in plans}
    shown = [head for head in HEADS if families & set(head.levels)]
    for head in shown:
        yield t(f"networks.heads.{head.id}", title=head.title, source=linked(head.ref))


def _table(plans: Sequence[Blueprint]) -> None:
    with st.expander(t("networks.outputs.table"), icon=":material/table:"):
        rows = [(spec(plan.network).title, out) for plan in plans for out in side_outputs(plan)]
        st.dataframe(
            pd.DataFrame(
                {
                    t("networks.network"): [name for name, _ in rows],
                    t("networks.outputs.level"): [out.level for _, out in rows],
                    t("networks.outputs.step"): [out.step for _, out in rows],
                    t("architecture.output"): [shape_text(out.shape) for _, out in rows],
                    t("networks.outputs.module"): [out.module for _, out in rows],
                    t("architecture.field_px"): [out.receptive_field for _, out in rows],
                    t("architecture.memory"): [megabytes(out.nbytes) for _, out in rows],
                }
            ),
            hide_index=True,
            height="content",
            alt=t("networks.outputs.table"),
        )
        name = "-".join(plan.network for plan in plans)
        download_csv(lambda: as_csv(plans), f"side-outputs-{name}-{plans[0].size}", "csv_outputs")


def _code(plan: Blueprint) -> None:
    st.subheader(t("networks.outputs.code.title"), anchor=False)
    how = choose(t("networks.outputs.code.how"), WAYS, key="backbone_code", name=str, in_url=True)
    st.caption(t(f"networks.outputs.code.{'extractor' if how == WAYS[0] else 'getter'}"))
    st.code(side_output_code(plan, how), language="python", wrap_lines=True)
