"""Blocks taken out one at a time, and at random: what is left of a class, in this network and in its twin."""

from __future__ import annotations

import streamlit as st

from resnet_viz.analysis.lesions import removable
from resnet_viz.analysis.random_drops import Draws, Drops, as_csv, draw
from resnet_viz.analysis.scripts_lesions import drops_script
from resnet_viz.figures.lesions import Alone, alone_chart
from resnet_viz.figures.training_curves import TrainingCurve, training_chart
from resnet_viz.networks.catalog import spec
from resnet_viz.ui.activations_answer import class_name, percent
from resnet_viz.ui.activations_run import Result
from resnet_viz.ui.cache import desk
from resnet_viz.ui.choices import choose
from resnet_viz.ui.class_select import class_select
from resnet_viz.ui.job_progress import in_progress, job_progress
from resnet_viz.ui.lesions.drops_job import KIND, Measured, Order, measured, start
from resnet_viz.ui.lesions.labels import shown
from resnet_viz.ui.state import prose, t
from resnet_viz.ui.take_away.copy import copy_as_pytorch, opening
from resnet_viz.ui.take_away.files import download_csv

REPEATS = ("4", "8", "16")
"""Random sets of each size."""
SEEDS = ("0", "1", "2", "3")


def random_blocks(result: Result) -> None:
    """Draw what to compute, how far it is, and what came out; the first time it begins by itself."""
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
        order = Order(result.key, class_index, int(repeats), int(seed))
        job = desk().job(KIND)
        if job is None or not isinstance(job.key, Order) or job.key.picture != result.key:
            start(result, order)
            job = desk().job(KIND)
        elif not in_progress(job) and job.key != order:
            st.button(
                t("lesions.random.start"),
                icon=":material/play_arrow:",
                key="drops_start",
                type="primary",
                on_click=start,
                args=(result, order),
            )
    if job is not None and in_progress(job):
        job_progress(job, t("lesions.random.running"))
    found = measured(result)
    if found is not None:
        _show(result, found)
    elif job is not None and job.cancelled:
        st.info(t("lesions.random.cancelled"), icon=":material/info:")


def _show(result: Result, found: Measured) -> None:
    """Both charts with what to look at and what came out, the numbers as a file, and the script."""
    order, networks = found.order, found.networks
    name = class_name(result.loaded.info.labels[order.class_index])
    blocks = removable(result.plan)
    st.caption(
        prose([t("lesions.random.of", name=name, repeats=order.repeats, seed=order.seed), _shown(found), _twin(found)])
    )
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
    draws: Draws = draw(blocks, order.repeats, order.seed)
    download_csv(
        lambda: as_csv([(one.title, one.drops) for one in networks], draws),
        f"{result.plan.network}-blocks-taken-out",
        key="drops_csv",
    )
    script = drops_script(result.plan, blocks, order.repeats, order.seed, order.class_index)
    copy_as_pytorch(opening(result) + script, "random-blocks")


def _shown(found: Measured) -> str:
    return " · ".join(shown(one.info) for one in found.networks)


def _twin(found: Measured) -> str:
    """Why there is one curve alone, where there is."""
    own = found.networks[0]
    twin = spec(own.info.network).twin
    if len(found.networks) > 1 or twin is None:
        return ""
    return t("lesions.random.no_twin", network=spec(twin).title)


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
