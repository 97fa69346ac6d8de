"""Where parameters, multiply-adds and activation memory sit, stage by stage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from resnet_viz.figures.charts import Bar, stage_bars
from resnet_viz.figures.palette import stage_color
from resnet_viz.records import Blueprint, LayerRecord
from resnet_viz.ui.numbers import megabytes, short
from resnet_viz.ui.state import t


@dataclass(frozen=True, slots=True)
class Cost:
    """One quantity that sits in the operations of a network."""

    key: str
    of: Callable[[LayerRecord], int]
    text: Callable[[int], str]


COSTS = (
    Cost("params", lambda layer: layer.params, short),
    Cost("macs", lambda layer: layer.macs, short),
    Cost("memory", lambda layer: layer.activation_bytes, megabytes),
)


def costs(plan: Blueprint) -> None:
    """Draw a chart for each quantity, side by side where there is room."""
    st.caption(t("architecture.costs_about"))
    with st.grid(len(COSTS), min_column_width=280):
        for cost in COSTS:
            st.plotly_chart(
                stage_bars(_bars(plan, cost), t(f"architecture.costs.{cost.key}")),
                key=f"cost_{cost.key}",
                config={"displayModeBar": False},
                alt=t(f"architecture.costs.{cost.key}"),
            )


def _bars(plan: Blueprint, cost: Cost) -> list[Bar]:
    sums = {stage.number: sum(cost.of(plan.layer(name)) for name in stage.layers) for stage in plan.stages}
    bars = [Bar(str(number), stage_color(number), value, cost.text(value)) for number, value in sums.items()]
    rest = sum(cost.of(layer) for layer in plan.head)
    return [*bars, Bar(t("architecture.head_short"), stage_color(None), rest, cost.text(rest))]
