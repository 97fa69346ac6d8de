"""All layers in numbers: how far their values spread, beside the paper's figure 7, and what ReLU sets to zero."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from resnet_viz.analysis.layer_statistics import as_csv, three_by_three
from resnet_viz.analysis.numbers import percent
from resnet_viz.analysis.scripts_block import layers_script
from resnet_viz.blueprint import blueprint
from resnet_viz.figures.block_charts import responses
from resnet_viz.figures.overlays import number
from resnet_viz.figures.signal import Curve, Kind, Point
from resnet_viz.networks.catalog import spec
from resnet_viz.records import Blueprint
from resnet_viz.ui.activations.run import Result
from resnet_viz.ui.compare.picture import provenance
from resnet_viz.ui.dissection.numbers import Layers, all_layers, twin_of, twins_layers
from resnet_viz.ui.names import kind_name
from resnet_viz.ui.selectable_table import selectable_table, width_of
from resnet_viz.ui.state import prose, select_place, t
from resnet_viz.ui.take_away.copy import copy_as_pytorch, opening
from resnet_viz.ui.take_away.files import download_csv

_HEIGHT = 420


def layers(result: Result, place: str) -> None:
    """Draw the spread of the 3x3 responses, and the table of all layers with the row of `place` selected."""
    rows = all_layers(result)
    if rows is None:
        return
    _figure_seven(result, rows)
    _zeros(rows)
    _table(result.plan, rows, place)
    name = f"{result.plan.network}-layers"
    download_csv(lambda: as_csv(rows), name, key="layers_csv")
    copy_as_pytorch(f"{opening(result)}\n{layers_script()}", name)


def _figure_seven(result: Result, rows: Layers) -> None:
    """The spread of the 3x3 responses, with the twin's where it has been trained on the same."""
    st.subheader(t("inside_block.layers.title"), anchor=False)
    if not three_by_three(result.plan):
        st.caption(t("inside_block.layers.no_3x3"))
        return
    twin = twin_of(result)
    theirs = None if twin is None else twins_layers(result, twin)
    found = [(result.plan, rows)]
    if twin is not None and theirs is not None:
        found.append((blueprint(twin.info.network, result.plan.size), theirs))
    title = t("inside_block.layers.chart")
    curves = [_curve(plan, of) for plan, of in found]
    figure = responses(curves, title=title, x_title=t("inside_block.layers.axis"))
    st.plotly_chart(figure, key="responses_chart", config={"displayModeBar": False}, alt=title)
    infos = [result.loaded.info] + ([] if twin is None else [twin.info])
    st.caption(" · ".join(provenance(info) for info in infos))
    normed = any(layer.kind == "batchnorm" for layer in result.plan.layers)
    said = [
        t("inside_block.layers.look" if normed else "inside_block.layers.look_bare"),
        *(_mean(plan, of) for plan, of in found),
    ]
    if twin is None and spec(result.plan.network).twin is not None:
        said.append(t("inside_block.layers.no_twin"))
    st.caption(prose(said))
    untrained = normed and result.loaded.info.trained_on == "nothing"
    more = [t("inside_block.layers.untrained")] if untrained else []
    st.caption(prose([t("inside_block.layers.paper"), *_order(found), *more]))


def _order(found: Sequence[tuple[Blueprint, Layers]]) -> list[str]:
    """Whether a network and its twin are in the paper's order; nothing where there is one alone."""
    means = {_kind(plan): (_mean_spread(plan, rows), spec(plan.network).title) for plan, rows in found}
    if len(means) < 2:
        return []
    (residual, its), (plain, theirs) = means["residual"], means["plain"]
    key = "order_same" if residual < plain else "order_other"
    return [t(f"inside_block.layers.{key}", residual=its, plain=theirs)]


def _curve(plan: Blueprint, rows: Layers) -> Curve:
    points = tuple(Point(n, *one, True) for n, one in enumerate(_spread(plan, rows), 1))
    return Curve(spec(plan.network).title, _kind(plan), points)


def _kind(plan: Blueprint) -> Kind:
    return "residual" if any(block.shortcut != "none" for block in plan.blocks) else "plain"


def _spread(plan: Blueprint, rows: Layers) -> list[tuple[str, float]]:
    by_place = {row.place: row.std for row in rows}
    return [(name, by_place[name]) for name in three_by_three(plan)]


def _mean(plan: Blueprint, rows: Layers) -> str:
    spread = [std for _, std in _spread(plan, rows)]
    mean = _mean_spread(plan, rows)
    ends = {"least": number(min(spread)), "most": number(max(spread))}
    return t("inside_block.layers.mean", network=spec(plan.network).title, mean=number(mean), count=len(spread), **ends)


def _mean_spread(plan: Blueprint, rows: Layers) -> float:
    spread = [std for _, std in _spread(plan, rows)]
    return sum(spread) / len(spread)


def _zeros(rows: Layers) -> None:
    relus = [row for row in rows if row.zeros is not None]
    if not relus:
        return
    st.subheader(t("inside_block.layers.zeros_title"), anchor=False)
    zeros = sum((row.zeros or 0) * row.units for row in relus)
    most = max(relus, key=lambda row: row.zeros or 0)
    st.markdown(
        t(
            "inside_block.layers.zeros",
            share=percent(zeros, sum(row.units for row in relus)),
            place=most.place,
            most=percent(most.zeros or 0, 1),
            dead=f"{sum(row.dead or 0 for row in relus):,}",
            channels=f"{sum(row.channels for row in relus):,}",
        )
    )


def _table(plan: Blueprint, rows: Layers, place: str) -> None:
    names = [row.place for row in rows]
    frame = pd.DataFrame(
        {
            "place": names,
            "kind": [kind_name(plan.layer(row.place)) for row in rows],
            "mean": [row.mean for row in rows],
            "std": [row.std for row in rows],
            "zeros": [None if row.zeros is None else 100 * row.zeros for row in rows],
            "dead": pd.array([row.dead for row in rows], dtype="Int64"),
            "channels": [row.channels for row in rows],
        }
    )
    column = st.column_config
    selectable_table(
        frame,
        names,
        place,
        key="layers_table",
        on_select=select_place,
        columns={
            "place": column.TextColumn(t("architecture.place"), pinned=True, width=width_of(names)),
            "kind": t("architecture.kind"),
            "mean": column.NumberColumn(t("inside_block.layers.mean_column"), format="%.4g"),
            "std": column.NumberColumn(t("inside_block.layers.std_column"), format="%.4g"),
            "zeros": column.NumberColumn(t("inside_block.layers.zeros_column"), format="%.1f"),
            "dead": column.NumberColumn(t("inside_block.layers.dead_column")),
            "channels": column.NumberColumn(t("inside_block.layers.channels_column")),
        },
        name=t("inside_block.layers.table", network=spec(plan.network).title),
        height=_HEIGHT,
        own=("Download as CSV",),
    )
