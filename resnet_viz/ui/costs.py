"""Where parameters, multiply-adds and activation memory sit, stage by stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import streamlit as st

from resnet_viz.analysis.numbers import megabytes, percent, short
from resnet_viz.figures.charts import StageBar, stage_bars
from resnet_viz.figures.palette import stage_color
from resnet_viz.records import Blueprint, LayerRecord
from resnet_viz.ui.state import t


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity that sits in the operations of a network."""

    key: str
    of: Callable[[LayerRecord], int]
    text: Callable[[int], str]


QUANTITIES = (
    Quantity("params", lambda layer: layer.params, short),
    Quantity("macs", lambda layer: layer.macs, short),
    Quantity("memory", lambda layer: layer.activation_bytes, megabytes),
)


def costs(plan: Blueprint) -> None:
    """Draw a chart for each quantity, side by side where there is room."""
    st.caption(t("architecture.costs_about"))
    with st.grid(len(QUANTITIES), min_column_width=280):
        for quantity in QUANTITIES:
            total = sum(quantity.of(layer) for layer in plan.layers)
            title = t(
                "architecture.costs_title", name=t(f"architecture.costs.{quantity.key}"), total=quantity.text(total)
            )
            st.plotly_chart(
                stage_bars(_bars(plan, quantity, total), title, t("architecture.stage")),
                key=f"cost_{quantity.key}",
                config={"displayModeBar": False},
                alt=title,
            )


def _bars(plan: Blueprint, quantity: Quantity, total: int) -> list[StageBar]:
    def bar(label: str, number: int | None, layers: Iterable[LayerRecord]) -> StageBar:
        value = sum(quantity.of(layer) for layer in layers)
        return StageBar(label, stage_color(number), value, quantity.text(value), percent(value, total))

    stages = [bar(str(stage.number), stage.number, map(plan.layer, stage.layers)) for stage in plan.stages]
    return [*stages, bar(t("architecture.head_short"), None, plan.head)]
