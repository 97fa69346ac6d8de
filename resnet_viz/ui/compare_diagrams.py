"""The same part of two networks, drawn beside each other and clickable."""

from __future__ import annotations

from functools import partial

import streamlit as st

from resnet_viz.analysis.alignment import Alignment
from resnet_viz.networks.catalog import spec
from resnet_viz.records import NETWORK, BlockRecord, Blueprint, StageRecord
from resnet_viz.ui.cache import diagram
from resnet_viz.ui.choices import choose, remember
from resnet_viz.ui.clickable_svg import Pane, clickable_svg
from resnet_viz.ui.diagrams import view_title, views
from resnet_viz.ui.names import parent, spoken_name
from resnet_viz.ui.state import select_place, t

LEVELS = ("network", "stage", "block")
LEVEL_KEY = "level"


def two_diagrams(found: Alignment, places: tuple[str, str]) -> None:
    """Draw both networks at the chosen level; a click looks into a box, a click beside the boxes goes up."""
    level = choose(
        t("compare.side.level"), LEVELS, key=LEVEL_KEY, name=lambda id: t(f"compare.side.levels.{id}"), in_url=True
    )
    plans = (found.left, found.right)
    panes = [_pane(plan, place, level, other) for plan, place, other in zip(plans, places, places[::-1], strict=True)]
    clickable_svg(panes, key="compare_figure", on_select=partial(_clicked, found, places, level))
    st.caption(t("compare.side.look"))


def _pane(plan: Blueprint, place: str, level: str, other: str) -> Pane:
    """A network at a level. Where nothing stands beside the other's place, the whole network is drawn."""
    shown = ("overview",) if place == NETWORK != other else views(plan, place)
    view = shown[min(LEVELS.index(level), len(shown) - 1)]
    title = f"{spec(plan.network).title}: {view_title(plan, view)}"
    names = {name: spoken_name(plan, name) for name in plan.places}
    return Pane(title, diagram(plan.network, plan.size, view).decode(), place, names)


def _clicked(found: Alignment, places: tuple[str, str], level: str, place: str) -> None:
    """Select the place that was clicked and look into it; "" is a click beside the boxes, which goes up."""
    if not place:
        select_place(parent(found.left, places[0]))
        remember(LEVEL_KEY, LEVELS[max(LEVELS.index(level) - 1, 0)])
        return
    select_place(place)
    record = found.left.by_place.get(place) or found.right.by_place.get(place)
    if isinstance(record, StageRecord | BlockRecord):
        remember(LEVEL_KEY, "stage" if isinstance(record, StageRecord) else "block")
