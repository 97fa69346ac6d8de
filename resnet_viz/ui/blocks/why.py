"""Why a bottleneck: the same task done by two 3x3 convolutions, parameters and multiply-adds side by side."""

from __future__ import annotations

import streamlit as st

from resnet_viz.analysis.arithmetic import spelled_macs, spelled_params
from resnet_viz.analysis.block_lab import Comparison, Costs, affordable_channels, compare
from resnet_viz.analysis.block_numbers import BlockNumbers
from resnet_viz.analysis.numbers import count, short
from resnet_viz.analysis.rows import shape_text
from resnet_viz.figures.block_costs import SORT_COLOURS, CostBar, Segment, Sort, cost_bars
from resnet_viz.figures.operations import operation_title
from resnet_viz.figures.palette import NEUTRAL
from resnet_viz.records import Blueprint, LayerRecord
from resnet_viz.ui.blocks.profile import Row, profile
from resnet_viz.ui.cache import block_plan
from resnet_viz.ui.facts import facts
from resnet_viz.ui.state import t

_INK = (
    "<style>[class*=st-key-block_costs] :is(.cartesianlayer, .infolayer) text { fill: currentColor !important }</style>"
)
"""Streamlit's theme writes on charts in a grey that is too faint; the page's own text colour is not."""


def why(numbers: BlockNumbers) -> None:
    """Draw the comparison of a block with its rival."""
    found = compare(numbers)
    about = "about_same" if numbers.label == "BTNK2" else "about_changed"
    shapes = {"shape_in": shape_text(numbers.input_shape), "shape_out": shape_text(numbers.output_shape)}
    st.markdown(t(f"blocks.why.{about}", **shapes))
    ratios(found)
    bars(found)
    silhouettes(numbers)
    if numbers.label == "BTNK2":
        channels = affordable_channels(numbers)
        key = "blocks.why.affordable" if channels else "blocks.why.affordable_none"
        st.info(t(key, c=numbers.c, channels=channels), icon=":material/balance:")
    st.caption(t("blocks.why.counting"))


def silhouettes(numbers: BlockNumbers) -> None:
    """Draw the channels along both designs, and the arithmetic of their convolutions."""
    plans = [block_plan(numbers, 1), block_plan(numbers, 1, rival=True)]
    widest = max(max(layer.output_shape[0] for layer in plan.layers) for plan in plans)
    st.caption(t("blocks.why.profile"))
    left, right = st.columns(2, gap="medium")
    with left:
        _spelled(f"{t('blocks.why.bottleneck')} {numbers.label}", plans[0], max(widest, numbers.c))
    with right:
        _spelled(t("blocks.why.rival"), plans[1], max(widest, numbers.c))


def ratios(found: Comparison) -> None:
    """Draw what both designs cost, and how many times as much the rival."""
    with st.grid(4, min_column_width=165):
        st.metric(t("blocks.why.params_bottleneck"), count(found.bottleneck.params), border=True, height="stretch")
        st.metric(
            t("blocks.why.params_rival"),
            count(found.rival.params),
            t("blocks.why.times", ratio=f"{found.params_ratio:.3g}"),
            border=True,
            delta_color="off",
            delta_arrow="off",
        )
        st.metric(t("blocks.why.macs_bottleneck"), short(found.bottleneck.macs), border=True, height="stretch")
        st.metric(
            t("blocks.why.macs_rival"),
            short(found.rival.macs),
            t("blocks.why.times", ratio=f"{found.macs_ratio:.3g}"),
            border=True,
            delta_color="off",
            delta_arrow="off",
        )


def bars(found: Comparison) -> None:
    """Draw both costs as bars, a segment for each convolution."""
    st.html(_INK)
    params, macs = st.columns(2, gap="medium")
    for column, quantity in ((params, "params"), (macs, "macs")):
        bars = [_bar(costs, quantity) for costs in (found.bottleneck, found.rival)]
        figure = cost_bars(bars, t(f"blocks.build.{quantity}"), t("blocks.why.projection"))
        with column:
            st.plotly_chart(figure, key=f"block_costs_{quantity}", config={"displayModeBar": False})


def _bar(costs: Costs, quantity: str) -> CostBar:
    segments = tuple(
        Segment(part.part, _sort(part.part, part.kernel), getattr(part, quantity))
        for part in costs.parts
        if getattr(part, quantity)
    )
    return CostBar(t(f"blocks.why.{costs.design}"), segments, short(getattr(costs, quantity)))


def _sort(part: str, kernel: int) -> Sort:
    if part in ("projection", "batchnorm"):
        return "projection" if part == "projection" else "BN"
    return "1x1" if kernel == 1 else "3x3"


def _spelled(title: str, plan: Blueprint, widest: int) -> None:
    """A block's silhouette, and its convolutions with the arithmetic of both quantities."""
    st.subheader(title, anchor=False)
    convolutions = [layer for layer in plan.layers if layer.kind == "conv"]
    branch = [layer for layer in convolutions if layer.name in plan.blocks[0].branch]
    rows = [Row("x", plan.input_shape[0], NEUTRAL)]
    rows += [Row(operation_title(layer).split(",")[0], layer.output_shape[0], _color(layer)) for layer in branch]
    profile(rows, widest=widest, name=f"{title}: {', '.join(str(row.channels) for row in rows)}")
    for quantity, spelled in (("params", spelled_params), ("macs", spelled_macs)):
        st.caption(t(f"blocks.build.{quantity}"))
        facts((layer.name.removeprefix(f"{plan.blocks[0].name}."), spelled(layer)) for layer in convolutions)


def _color(layer: LayerRecord) -> str:
    return SORT_COLOURS["1x1" if layer.options["kernel_size"] == (1, 1) else "3x3"]
