"""How far the two passes are apart from block to block: a chart whose points select a place, and where they part and meet."""

from __future__ import annotations

import streamlit as st

from resnet_viz.analysis.departures import as_csv
from resnet_viz.figures.departures import Gap, Words, departure_chart
from resnet_viz.records import BlockRecord, Blueprint, StageRecord
from resnet_viz.report.block_words import departed as departed_words
from resnet_viz.ui.dissection.pick import pick_block
from resnet_viz.ui.lesions.beside import Sides
from resnet_viz.ui.lesions.passes import departed
from resnet_viz.ui.state import language, prose, t
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
    st.caption(prose([t("lesions.departed.look"), departed_words(language(), found)]))
    download_csv(lambda: as_csv(found), f"{plan.network}-departures", key="departed_csv")


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
