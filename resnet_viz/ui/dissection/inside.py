"""One block on the visitor's picture: how it compares with all others, its equation, and its steps as maps."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import streamlit as st

from resnet_viz.analysis.block_summary import BlockSummary
from resnet_viz.analysis.growth import BlockNorm, as_csv
from resnet_viz.analysis.heatmaps import REDUCTIONS
from resnet_viz.analysis.scripts_block import block_script
from resnet_viz.figures.block_charts import BlockPoint, block_points
from resnet_viz.figures.overlays import number
from resnet_viz.ui.activations.run import Result
from resnet_viz.ui.choices import choose, whole_number
from resnet_viz.ui.dissection.equation import equation
from resnet_viz.ui.dissection.large import large
from resnet_viz.ui.dissection.numbers import all_norms
from resnet_viz.ui.dissection.pick import pick_block
from resnet_viz.ui.dissection.steps import chosen_step, step_tiles
from resnet_viz.ui.dissection.taken_apart import TakenApart
from resnet_viz.ui.state import prose, selected, t
from resnet_viz.ui.take_away.copy import copy_as_pytorch, opening
from resnet_viz.ui.take_away.files import download_csv, download_npz

MEASURES: dict[str, Callable[[BlockNorm], float | None]] = {
    "ratio": lambda row: row.share,
    "cosine": lambda row: row.cosine,
    "branch": lambda row: row.branch,
    "shortcut": lambda row: row.shortcut,
}
"""What the chart of all blocks shows of each."""

SCALES = ("block", "own")
"""What the colours of the steps span: the parts of the sum, or each map by itself."""


def inside(result: Result, block: str) -> None:
    """Draw a block: its place among all blocks, its numbers, its steps, and what can be taken away."""
    taken = TakenApart(result, block)
    if taken.summary.norms is not None:
        st.markdown(t("inside_block.about"))
    if taken.summary.norms is None:
        st.info(t("inside_block.plain"), icon=":material/info:")
        equation(result, taken.summary)
    else:
        sizes(result, taken)
    steps_of(result, taken)
    name = f"{result.plan.network}-{block}"
    download_npz(taken.arrays(), name, key="block_npz", label=t("inside_block.npz"))
    copy_as_pytorch(f"{opening(result)}\n{block_script(result.plan, block)}", f"{name}-dissection")


def sizes(result: Result, taken: TakenApart) -> None:
    """Draw a block among all blocks: how large F(x) is beside the shortcut, in a chart and in numbers."""
    chart, numbers = st.columns([5, 4], gap="large")
    with chart:
        _all_blocks(result, taken.summary.block.name)
    with numbers:
        equation(result, taken.summary)


def _all_blocks(result: Result, block: str) -> None:
    measure = choose(
        t("inside_block.norms.measure"),
        tuple(MEASURES),
        key="block_measure",
        name=lambda id: t(f"inside_block.norms.{id}"),
        in_url=True,
    )
    rows = all_norms(result)
    if rows is None:
        return
    stages = {record.name: record.stage for record in result.plan.blocks}
    numbers = {row.block: MEASURES[measure](row) for row in rows}
    points = [BlockPoint(name, stages[name], float("nan") if n is None else n) for name, n in numbers.items()]
    title = t(f"inside_block.norms.{measure}_title")
    figure = block_points(
        points,
        block,
        title=title,
        x_title=t("inside_block.norms.axis"),
        level={"ratio": 1.0, "cosine": 0.0}.get(measure),
        signed=measure == "cosine",
    )
    pick_block(figure, [row.block for row in rows], block, key="block_norms_chart", alt=title)
    st.caption(prose([t(f"inside_block.norms.{measure}_look"), _extremes(points)]))
    download_csv(
        lambda: as_csv([(result.plan.network, rows)]), f"{result.plan.network}-block-norms", key="block_norms_csv"
    )


def _extremes(points: list[BlockPoint]) -> str:
    there = [point for point in points if np.isfinite(point.value)]
    if not there:
        return t("inside_block.norms.none")
    least, most = (end(there, key=lambda point: point.value) for end in (min, max))
    values = {"least": number(least.value), "most": number(most.value)}
    return t("inside_block.norms.result", low=least.block, high=most.block, **values)


def steps_of(result: Result, taken: TakenApart) -> None:
    """Draw a block's steps as maps, and the chosen one large."""
    found = taken.summary
    st.subheader(t("inside_block.steps.title", block=found.block.name), anchor=False)
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        how = choose(
            t("activations.maps.how"), REDUCTIONS, key="how", name=lambda id: t(f"activations.maps.{id}"), in_url=True
        )
        channel = _channel(found) if how == "channel" else 0
        scale = choose(
            t("activations.maps.scale"),
            SCALES,
            key="block_scale",
            name=lambda id: t(f"inside_block.steps.scale_{id}"),
            in_url=True,
        )
    steps = taken.maps(how, channel, own=scale == "own")
    place = selected(result.plan)
    step = chosen_step(found.block, steps, place)
    step_tiles(result.plan, found.block, steps, step, place)
    look = "look_own" if scale == "own" else "look_plain" if found.norms is None else "look"
    few = [t("inside_block.steps.few")] if channel >= found.fewest_channels else []
    st.caption(prose([t(f"inside_block.steps.{look}"), *few]))
    large(result, found, step, steps[step])


def _channel(found: BlockSummary) -> int:
    """A channel of F(x), of the shortcut and of their sum; the strongest until the visitor chooses."""
    last = found.output.channels - 1
    label = t("activations.maps.channel_number", last=last)
    return whole_number(label, key="channel", default=found.strongest, low=0, high=last, width=180)
