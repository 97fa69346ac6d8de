"""Blocks taken out one at a time, and at random: what is left of a class, in this network and in its twin."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from resnet_viz.analysis.lesions import removable
from resnet_viz.analysis.random_drops import Drops, as_csv
from resnet_viz.analysis.scripts_lesions import drops_script
from resnet_viz.figures.lesions import Alone, alone_chart
from resnet_viz.figures.training_curves import TrainingCurve, training_chart
from resnet_viz.networks.catalog import spec
from resnet_viz.ui.activations_answer import class_name, percent
from resnet_viz.ui.activations_run import Result
from resnet_viz.ui.choices import choose
from resnet_viz.ui.class_select import class_select
from resnet_viz.ui.lesions.drops_job import Measured, Order, measured
from resnet_viz.ui.lesions.labels import shown
from resnet_viz.ui.state import prose, t
from resnet_viz.ui.take_away.copy import copy_as_pytorch, opening
from resnet_viz.ui.take_away.files import download_csv

REPEATS = ("4", "8", "16")
"""Random sets of each size."""
SEEDS = ("0", "1", "2", "3")


def random_blocks(result: Result) -> None:
    """Draw what to compute, how far it is, and what came out."""
    blocks = removable(result.plan)
    st.markdown(t("lesions.random.about", all=len(result.plan.blocks), blocks=len(blocks)))
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        class_index = class_select(result)
        repeats = choose(
            t("lesions.random.repeats"),
            REPEATS,
            key="drops",
            name=str,
            default="8",
            help=t("lesions.random.repeats_help"),
        )
        seed = choose(t("lesions.random.seed"), SEEDS, key="drops_seed", name=str)
    order = Order(class_index, int(repeats), int(seed))
    found = measured(result, order)
    if found is not None:
        _show(result, order, found)


def _show(result: Result, order: Order, networks: Sequence[Measured]) -> None:
    """Both charts with what to look at and what came out, the numbers as a file, and the script."""
    name = class_name(result.loaded.info.labels[order.class_index])
    blocks = removable(result.plan)
    st.markdown(t("lesions.random.of", name=name, repeats=order.repeats, seed=order.seed))
    st.caption(" · ".join([*(shown(one.info) for one in networks), *_no_twin(networks)]))
    with st.grid(2, min_column_width=320):
        with st.container():
            title = t("lesions.random.alone.title", name=name)
            figure = alone_chart(
                [Alone(one.title, one.kind, one.drops.whole, one.drops.alone) for one in networks],
                title=title,
                whole=t("lesions.random.whole"),
            )
            st.plotly_chart(figure, key="drops_alone", config={"displayModeBar": False}, alt=title)
            said = [_alone_said(one.title, one.drops, name) for one in networks if one.drops.alone]
            st.caption(prose([t("lesions.random.alone.look"), *said]))
        with st.container():
            title = t("lesions.random.curve.title", name=name)
            figure = training_chart(
                [_curve(one.title, one.kind, one.drops) for one in networks],
                title=title,
                x_title=t("lesions.random.curve.blocks"),
                scale="share",
                epochs=len(blocks),
                guess=1 / len(result.loaded.info.labels),
                height=340,
            )
            st.plotly_chart(figure, key="drops_curve", config={"displayModeBar": False}, alt=title)
            said = [_curve_said(one.title, one.drops) for one in networks if one.drops.rows]
            st.caption(prose([t("lesions.random.curve.look"), *said]))
    st.caption(t("lesions.random.veit"))
    download_csv(
        lambda: as_csv([(one.title, one.drops) for one in networks], order.draws(result.plan)),
        f"{result.plan.network}-blocks-taken-out",
        key="drops_csv",
    )
    script = drops_script(result.plan, blocks, order.repeats, order.seed, order.class_index)
    copy_as_pytorch(opening(result) + script, "random-blocks")


def _no_twin(networks: Sequence[Measured]) -> list[str]:
    """Why there is one curve alone, where there is."""
    twin = spec(networks[0].info.network).twin
    if len(networks) > 1 or twin is None:
        return []
    return [t("lesions.random.no_twin", network=spec(twin).title)]


def _curve(title: str, kind: str, found: Drops) -> TrainingCurve:
    return TrainingCurve(
        name=title,
        kind="plain" if kind == "plain" else "residual",
        mark="",
        depth=0.5,
        epochs=[row.count for row in found.rows],
        mean=[row.mean for row in found.rows],
        low=[min(row.probabilities) for row in found.rows],
        high=[max(row.probabilities) for row in found.rows],
    )


def _alone_said(title: str, found: Drops, name: str) -> str:
    block, probability = found.hardest
    kept = sum(value >= found.whole / 2 for _, value in found.alone)
    return t(
        "lesions.random.alone.result",
        network=title,
        name=name,
        whole=percent(found.whole, 1),
        block=block,
        least=percent(probability, 1),
        kept=kept,
        all=len(found.alone),
    )


def _curve_said(title: str, found: Drops) -> str:
    half, last = found.half(), found.rows[-1]
    values = {"network": title, "count": last.count, "last": percent(last.mean, 1)}
    if half is None:
        return t("lesions.random.curve.above", **values)
    return t("lesions.random.curve.half", half=half, **values)
