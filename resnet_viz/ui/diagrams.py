"""The article's figure in three columns: the network, a stage, a block, side by side and clickable."""

from __future__ import annotations

from functools import partial

import streamlit as st

from resnet_viz.figures.graph_render import MEDIA_TYPES
from resnet_viz.records import INPUT, NETWORK, BlockRecord, Blueprint, StageRecord
from resnet_viz.ui.cache import diagram
from resnet_viz.ui.clickable_svg import Pane, clickable_svg
from resnet_viz.ui.names import parent, spoken_name
from resnet_viz.ui.state import first_part, select_place, selected, t

FIGURE_KEY = "architecture_figure"


def views(plan: Blueprint, place: str) -> tuple[str, ...]:
    """The diagrams that show a place: the overview, its stage, its block.

    Where the place is above a stage or a block, the first one stands in, so that the columns do not come and go.
    """
    record = plan.by_place.get(place)
    if record is None or (not isinstance(record, StageRecord) and record.stage is None):
        record = plan.by_place.get(first_part(plan))
    if record is None:
        return ("overview",)
    stage = record if isinstance(record, StageRecord) else plan.stage(f"stage{record.stage}")
    if isinstance(record, StageRecord):
        block = stage.blocks[0] if stage.blocks else None
    else:
        block = record.name if isinstance(record, BlockRecord) else record.block
    return ("overview", stage.name, *([block] if block else []))


def step_of(plan: Blueprint, place: str) -> int:
    """The column in which a place is looked at: on a phone, where they are steps, the one on show."""
    if place in (NETWORK, INPUT) or place not in plan.by_place:
        return 0
    record = plan.by_place[place]
    if isinstance(record, StageRecord):
        return 1
    if record.stage is None:
        return 0
    return 2 if isinstance(record, BlockRecord) or record.block is not None else 1


def diagrams(plan: Blueprint, place: str) -> None:
    """Draw the figure; a click selects a box, a click beside the boxes what is around it."""
    shown = views(plan, place)
    names = {name: spoken_name(plan, name) for name in plan.places}
    panes = [
        Pane(view_title(plan, view), diagram(plan.network, plan.size, view).decode(), place, names, open=inside)
        for view, inside in zip(shown, (*shown[1:], ""), strict=True)
    ]
    clickable_svg(panes, key=FIGURE_KEY, on_select=partial(_clicked, plan), step=step_of(plan, place))


def downloads(plan: Blueprint, place: str) -> None:
    """Offer the diagrams on show as files, each drawn when it is asked for."""
    with st.popover(t("architecture.download"), icon=":material/download:"):
        for view in views(plan, place):
            st.caption(view_title(plan, view))
            with st.container(horizontal=True):
                for kind, mime in MEDIA_TYPES.items():
                    st.download_button(
                        kind.upper(),
                        data=partial(diagram, plan.network, plan.size, view, kind),
                        file_name=f"{plan.network}-{plan.size}-{view}.{kind}",
                        mime=mime,
                        key=f"download_{view}_{kind}",
                        on_click="ignore",
                    )


def _clicked(plan: Blueprint, place: str) -> None:
    """What a click reports: a place, or none for a click beside the boxes, which goes one level up."""
    select_place(place or parent(plan, selected(plan)))


def view_title(plan: Blueprint, view: str) -> str:
    """What a diagram is called: `Network`, `Stage 1`, `Block layer2.0`."""
    if view == "overview":
        return t("architecture.figure_overview")
    record = plan.by_place[view]
    if isinstance(record, StageRecord):
        return t("architecture.figure_stage", number=record.number)
    return t("architecture.figure_block", name=view)
