"""How far the two passes are apart from block to block: a chart whose points select a place, and where they part and meet."""

from __future__ import annotations

import math

import streamlit as st

from resnet_viz.analysis.departures import Departure, as_csv, closest_after, widest
from resnet_viz.figures.departures import Gap, Words, departure_chart
from resnet_viz.figures.overlays import number
from resnet_viz.records import NETWORK, BlockRecord, Blueprint, StageRecord
from resnet_viz.ui.dissection.pick import pick_block
from resnet_viz.ui.lesions.beside import Sides
from resnet_viz.ui.lesions.passes import departed
from resnet_viz.ui.state import prose, t
from resnet_viz.ui.take_away.files import download_csv


def departures_drawn(sides: Sides, place: str) -> None:
    """Draw the chart with what to look at, what came out, and its numbers as a file."""
    found = departed(sides.result, sides.second)
    plan = sides.result.plan
    cut = {lesion.block for lesion in sides.second.lesions}
    gaps = [Gap(row.place, _stage(plan, row.place), row.relative, row.cosine, row.place in cut) for row in found]
    title = t("lesions.departed.title")
    words = Words(title, t("lesions.departed.relative"), t("lesions.departed.cosine"), t("lesions.departed.cut"))
    shown = _compared(plan, place)
    pick_block(departure_chart(gaps, words, shown), [row.place for row in found], shown, key="departed", alt=title)
    st.caption(prose([t("lesions.departed.look"), _said(found)]))
    download_csv(lambda: as_csv(found), f"{plan.network}-departures", key="departed_csv")


def _said(found: tuple[Departure, ...]) -> str:
    """Where the two are farthest apart, and where they come closest behind that."""
    inside = [row for row in found if row.place != NETWORK]
    far, near, end = widest(inside), closest_after(inside), found[-1]
    if not far.relative > 0:
        return t("lesions.departed.nothing")
    said = [t("lesions.departed.widest", place=far.place, far=number(far.relative))]
    if near is not None and math.isfinite(near.relative) and near.relative < 0.9 * far.relative:
        said.append(t("lesions.departed.meet", place=near.place, far=number(near.relative)))
    else:
        said.append(t("lesions.departed.apart"))
    said.append(t("lesions.departed.end", far=number(end.relative), cosine=number(end.cosine)))
    return prose(said)


def _stage(plan: Blueprint, place: str) -> int | None:
    record = plan.by_place.get(place)
    if isinstance(record, StageRecord):
        return record.number
    return record.stage if record is not None else None


def _compared(plan: Blueprint, place: str) -> str:
    """The place of the chart that stands for a selected one: itself, its block, the last block of its stage."""
    record = plan.by_place.get(place)
    if isinstance(record, StageRecord):
        return record.blocks[-1] if record.blocks else place
    if record is None or isinstance(record, BlockRecord):
        return place
    if record.block is not None:
        return record.block
    return place if record.stage is None else f"stage{record.stage}"
