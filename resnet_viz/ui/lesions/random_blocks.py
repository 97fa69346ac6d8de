"""Blocks taken out one at a time, and at random: what is left of a class, in this network and in its twin."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from resnet_viz.analysis.answers import percent
from resnet_viz.analysis.lesions import removable
from resnet_viz.analysis.random_drops import Drops, as_csv
from resnet_viz.analysis.scripts_lesions import drops_script
from resnet_viz.figures.lesions import Alone, alone_chart
from resnet_viz.figures.signal import Kind
from resnet_viz.figures.training_curves import TrainingCurve, training_chart
from resnet_viz.networks.catalog import spec
from resnet_viz.ui.activations.answer import class_name
from resnet_viz.ui.activations.run import Result
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
            in_url=True,
            default="8",
            help=t("lesions.random.repeats_help"),
        )
        seed = choose(t("lesions.random.seed"), SEEDS, key="drops_seed", name=str, in_url=True)
    order = Order(class_index, int(repeats), int(seed))
    found = measured(result, order)
    if found is not None:
        _show(result, order, found)


def _show(result: Result, order: Order, networks: Sequence[Measured]) -> None:
    """Both charts, where they come from, their numbers as a file, and the script."""
    blocks, labels = removable(result.plan), result.loaded.info.labels
    name = class_name(labels[order.class_index])
    st.markdown(t("lesions.random.of", name=name, repeats=order.repeats, seed=order.seed))
    st.caption(" · ".join([*(shown(one.info) for one in networks), *_no_twin(networks)]))
    with st.grid(2, min_column_width=320):
        with st.container():
            _alone(networks, name)
        with st.container():
            _more_and_more(networks, name, len(blocks), 1 / len(labels))
    st.caption(t("lesions.random.veit"))
    download_csv(
        lambda: as_csv([(one.title, one.drops) for one in networks], order.draws(result.plan)),
        f"{result.plan.network}-blocks-taken-out",
        key="drops_csv",
    )
    script = drops_script(result.plan, blocks, order.repeats, order.seed, order.class_index)
    copy_as_pytorch(opening(result) + script, "random-blocks")


def _alone(networks: Sequence[Measured], name: str) -> None:
    """The class called `name` without each block, with what to look at and what came out."""
    title = t("lesions.random.alone.title", name=name)
    figure = alone_chart(
        [Alone(one.title, one.kind, one.drops.whole, one.drops.alone) for one in networks],
        title=title,
        whole=t("lesions.random.whole"),
    )
    st.plotly_chart(figure, key="drops_alone", config={"displayModeBar": False}, alt=title)
    said = [_alone_said(one.title, one.drops, name) for one in networks if one.drops.alone]
    st.caption(prose([t("lesions.random.alone.look"), *said]))


def _more_and_more(networks: Sequence[Measured], name: str, blocks: int, guess: float) -> None:
    """The same without 0 to `blocks` random blocks; `guess` is the probability that each class has for one who guesses."""
    title = t("lesions.random.curve.title", name=name)
    figure = training_chart(
        [_curve(one.title, one.kind, one.drops) for one in networks],
        title=title,
        x_title=t("lesions.random.curve.blocks"),
        scale="share",
        epochs=blocks,
        guess=guess,
        height=340,
    )
    st.plotly_chart(figure, key="drops_curve", config={"displayModeBar": False}, alt=title)
    said = [_curve_said(one.title, one.drops, guess) for one in networks]
    st.caption(prose([t("lesions.random.curve.look"), *said]))


def _no_twin(networks: Sequence[Measured]) -> list[str]:
    """Why there is one curve alone, where there is."""
    twin = spec(networks[0].info.network).twin
    if len(networks) > 1 or twin is None:
        return []
    return [t("lesions.random.no_twin", network=spec(twin).title)]


def _curve(title: str, kind: Kind, found: Drops) -> TrainingCurve:
    return TrainingCurve(
        name=title,
        kind=kind,
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


def _curve_said(title: str, found: Drops, guess: float) -> str:
    if found.whole < 2 * guess:
        return t("lesions.random.curve.guess", network=title, whole=percent(found.whole, 1))
    half, last = found.half(), found.rows[-1]
    values = {"network": title, "count": last.count, "last": percent(last.mean, 1)}
    if half is None:
        return t("lesions.random.curve.above", **values)
    return t("lesions.random.curve.half", half=half, **values)
