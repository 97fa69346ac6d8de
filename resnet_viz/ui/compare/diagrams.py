"""The same part of two networks, drawn beside each other and clickable."""

from __future__ import annotations

from functools import partial

import streamlit as st

from resnet_viz.analysis.alignment import Alignment
from resnet_viz.networks.catalog import spec
from resnet_viz.records import NETWORK, Blueprint
from resnet_viz.ui.cache import diagram
from resnet_viz.ui.choices import choose, remember
from resnet_viz.ui.clickable_svg import Pane, clickable_svg
from resnet_viz.ui.diagrams import step_of, view_title, views
from resnet_viz.ui.names import parent, path_to, spoken_name
from resnet_viz.ui.state import prose, select_place, t

LEVELS = ("network", "stage", "block")
LEVEL_KEY = "level"


def drawn_level() -> str:
    """Draw the choice of what the diagrams show of both networks, and return it."""
    return choose(
        t("compare.side.level"),
        LEVELS,
        key=LEVEL_KEY,
        name=lambda id: t(f"compare.side.levels.{id}"),
        in_url=True,
        default="stage",
    )


def two_diagrams(found: Alignment, places: tuple[str, str], level: str) -> None:
    """Draw both networks at a level; a click looks into a box, a click beside the boxes goes up."""
    plans = (found.left, found.right)
    marked = _marked(found)
    panes = [
        _pane(plan, place, level, other, marked) for plan, place, other in zip(plans, places, places[::-1], strict=True)
    ]
    clickable_svg(panes, key="compare_figure", on_select=partial(_clicked, found, places, level))
    look = [t(f"compare.side.looks.{level}"), t("compare.side.click")]
    if marked:
        look.insert(1, t("compare.side.dashed"))
    st.caption(prose(look))


def _pane(plan: Blueprint, place: str, level: str, other: str, marked: frozenset[str]) -> Pane:
    """A network at a level. Where nothing stands beside the other's place, the whole network is drawn."""
    shown = ("overview",) if place == NETWORK != other else views(plan, place)
    index = min(LEVELS.index(level), len(shown) - 1)
    view, inside = shown[index], shown[index + 1] if index + 1 < len(shown) else ""
    around = path_to(plan, place)[:-1]
    title = t("compare.side.pane", network=spec(plan.network).title, view=view_title(plan, view))
    names = {name: spoken_name(plan, name) for name in plan.places}
    return Pane(
        title, diagram(plan.network, plan.size, view).decode(), place, names, inside if inside in around else "", marked
    )


def _marked(found: Alignment) -> frozenset[str]:
    """Places that differ, with the blocks and stages around them; none in networks that are unlike from end to end."""
    if not found.by_place:
        return frozenset()
    layers = [layer for row in found.rows if row.mark != "same" for layer in (row.left, row.right) if layer]
    inside = {layer.name for layer in layers} | {layer.block for layer in layers if layer.block}
    return frozenset(inside | {f"stage{layer.stage}" for layer in layers if layer.stage is not None})


def _clicked(found: Alignment, places: tuple[str, str], level: str, place: str) -> None:
    """Select the place that was clicked and look into it; "" is a click beside the boxes, which goes up."""
    if not place:
        select_place(parent(found.left, places[0]))
        remember(LEVEL_KEY, LEVELS[max(LEVELS.index(level) - 1, 0)])
        return
    look_at(found.left if place in found.left.places else found.right, place)


def look_at(plan: Blueprint, place: str) -> None:
    """Select a place of a network, and draw what shows it. Call it from a callback."""
    select_place(place)
    remember(LEVEL_KEY, LEVELS[step_of(plan, place)])
