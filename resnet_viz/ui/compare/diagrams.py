"""The same part of two networks, drawn beside each other and clickable."""

from __future__ import annotations

from functools import partial

import streamlit as st

from resnet_viz.analysis.alignment import Alignment, Side
from resnet_viz.networks.catalog import spec
from resnet_viz.records import NETWORK
from resnet_viz.ui.cache import diagram
from resnet_viz.ui.choices import choose, remember
from resnet_viz.ui.clickable_svg import Pane, clickable_svg
from resnet_viz.ui.compare.drawn import LEVELS, OVERVIEW, Drawn, drawn, looks, notes
from resnet_viz.ui.compare.places import RIGHT, SIDES, Selection, plan_of, read, select
from resnet_viz.ui.diagrams import step_of, view_title
from resnet_viz.ui.names import parent, path_to, spoken_name
from resnet_viz.ui.state import prose, t

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


def two_diagrams(found: Alignment, selected: Selection, level: str) -> None:
    """Draw both networks at a level, and say what is drawn and what to look at.

    A click looks into a box, a click beside the boxes goes up.
    """
    what = drawn(found, selected, level)
    marked = _marked(found)
    panes = [_pane(found, what, side, marked) for side in SIDES]
    clickable_svg(panes, key="compare_figure", on_select=partial(_clicked, found, selected, level))
    said = prose(notes(found, what))
    if said:
        st.markdown(said)
    look = [*looks(found, what), *([t("compare.side.dashed")] if marked else []), t("compare.side.click")]
    st.caption(prose(look))


def look_at(found: Alignment, place: str, side: Side) -> None:
    """Select a place of the network on `side`, and draw what shows it. Call it from a callback."""
    select(found, place, side)
    remember(LEVEL_KEY, LEVELS[step_of(plan_of(found, side), place)])


def _pane(found: Alignment, what: Drawn, side: Side, marked: frozenset[str]) -> Pane:
    plan, index = plan_of(found, side), SIDES.index(side)
    place, view = what.selected.places[index], what.views[index]
    title = t("compare.side.pane", network=spec(plan.network).title, view=view_title(plan, view))
    around, drawn_as = path_to(plan, place)[:-1], NETWORK if view == OVERVIEW else view
    inside = around[around.index(drawn_as) + 1 :] if drawn_as in around else ()
    return Pane(
        title,
        diagram(plan.network, plan.size, view).decode(),
        place,
        {name: spoken_name(plan, name) for name in plan.places},
        inside[0] if inside else "",
        marked,
        "" if side == "left" or found.by_place else RIGHT,
    )


def _marked(found: Alignment) -> frozenset[str]:
    """Places that differ, with the blocks and stages around them; none in networks that are unlike from end to end."""
    if not found.by_place:
        return frozenset()
    layers = [layer for row in found.rows if row.mark != "same" for layer in (row.left, row.right) if layer]
    inside = {layer.name for layer in layers} | {layer.block for layer in layers if layer.block}
    return frozenset(inside | {f"stage{layer.stage}" for layer in layers if layer.stage is not None})


def _clicked(found: Alignment, selected: Selection, level: str, clicked: str) -> None:
    """Select the place that was clicked and look into it; one of no name is a click beside the boxes, which goes up."""
    place, side = read(clicked)
    if not place:
        select(found, parent(plan_of(found, selected.side), selected.place), selected.side)
        remember(LEVEL_KEY, LEVELS[max(LEVELS.index(level) - 1, 0)])
    else:
        look_at(found, place, side if place in plan_of(found, side).places else "right")
