"""Which diagram of each of two networks is drawn for the selected place, and what has to be said about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from resnet_viz.analysis.alignment import Alignment, Side
from resnet_viz.networks.catalog import spec
from resnet_viz.records import INPUT, NETWORK, BlockRecord, Blueprint, StageRecord
from resnet_viz.ui.compare.places import SIDES, Selection, across, beside, plan_of
from resnet_viz.ui.diagrams import step_of
from resnet_viz.ui.names import path_to
from resnet_viz.ui.state import first_part, t

LEVELS = ("network", "stage", "block")
OVERVIEW = "overview"


@dataclass(frozen=True, slots=True)
class Drawn:
    """What two networks show of themselves at a level."""

    level: str
    selected: Selection
    side: Side
    """The network that decides what is drawn: the selected place's, unless it has no blocks to begin with."""
    targets: tuple[str, str]
    """The place of each network that its diagram has to show: the selected one, or the first part where that is wider."""
    views: tuple[str, str]
    """The diagram of each: `overview`, a stage or a block."""


def drawn(found: Alignment, selected: Selection, level: str) -> Drawn:
    """What is drawn at a level. Where the selection is wider than that, its first part stands in for it, and what
    stands beside that part in the other network."""
    step = LEVELS.index(level)
    side, target = _target(found, selected, step)
    untouched = (side, target) == (selected.side, selected.place)
    other = selected.places[SIDES.index(across(side))] if untouched else beside(found, target, side)
    targets = (target, other) if side == "left" else (other, target)
    left, right = (_view(plan_of(found, one), place, step) for one, place in zip(SIDES, targets, strict=True))
    return Drawn(level, selected, side, targets, (left, right))


def notes(found: Alignment, what: Drawn) -> Iterator[str]:
    """Where the drawing is not simply the selected place in both networks: what is drawn, and why."""
    here, there = plan_of(found, what.side), plan_of(found, across(what.side))
    place, other = what.targets if what.side == "left" else what.targets[::-1]
    view = what.views[SIDES.index(what.side)]
    if place != what.selected.place:
        yield t(f"compare.side.stands_in.{_stand_in(here, what)}", place=what.selected.place)
    elif what.level == "block" and isinstance(here.by_place.get(view), StageRecord):
        yield t("compare.side.no_block", place=place)
    names = {"network": spec(there.network).title, "of": spec(here.network).title, "place": place, "shown": other}
    if place in (NETWORK, INPUT):
        return
    if found.by_place:
        if other != place:
            yield t("compare.side.missing", **names)
    else:
        yield t("compare.side.nothing_beside" if other == NETWORK else "compare.side.beside", **names)


def looks(found: Alignment, what: Drawn) -> Iterator[str]:
    """What the diagrams that are drawn have to show: of shortcuts, where there are any."""
    plans = [plan_of(found, side) for side in SIDES]
    if set(what.views) == {OVERVIEW}:
        labels = {block.label.rstrip("12") for plan in plans for block in plan.blocks}
        yield t("compare.side.looks.network")
        if labels & {"BTNK", "BASIC"}:
            yield t("compare.side.looks.shortcut")
        if "PLAIN" in labels:
            yield t("compare.side.looks.plain")
        if "INCEPTION" in labels:
            yield t("compare.side.looks.inception")
        if any(spec(one.network).twin == other.network for one, other in (plans, plans[::-1])):
            yield t("compare.side.looks.twins")
        return
    records = [
        plan.by_place.get(view) for plan, view in zip(plans, what.views, strict=True) if _shortcuts_in(plan, view)
    ]
    if any(isinstance(record, BlockRecord) for record in records):
        yield t("compare.side.looks.block")
    elif any(isinstance(record, StageRecord) for record in records):
        yield t("compare.side.looks.stage")
    else:
        yield t("compare.side.looks.none")


def _shortcuts_in(plan: Blueprint, view: str) -> bool:
    """Whether a diagram of a network shows a shortcut."""
    record = plan.by_place.get(view)
    if isinstance(record, BlockRecord):
        return record.shortcut != "none"
    blocks = plan.blocks if record is None else [block for block in plan.blocks if f"stage{block.stage}" == view]
    return any(block.shortcut != "none" for block in blocks)


def _target(found: Alignment, selected: Selection, step: int) -> tuple[Side, str]:
    """The place that the drawing begins with, and its side: the selected one, or the first part inside it."""
    plan = plan_of(found, selected.side)
    if step_of(plan, selected.place) >= step:
        return selected.side, selected.place
    record = plan.by_place.get(selected.place)
    if isinstance(record, StageRecord):
        return selected.side, record.blocks[0] if record.blocks else selected.place
    if record is not None and record.stage is not None:
        return selected.side, selected.place  # an operation outside of blocks: its stage is drawn
    sides = (selected.side, across(selected.side))
    side = next((side for side in sides if plan_of(found, side).blocks), selected.side)
    first = first_part(plan_of(found, side))
    stage = next((block.stage for block in plan_of(found, side).blocks), None)
    return side, first if step == 2 or stage is None else f"stage{stage}"


def _view(plan: Blueprint, place: str, step: int) -> str:
    """The diagram around a place, as deep as the step goes and the place reaches."""
    around = [OVERVIEW]
    for part in path_to(plan, place)[1:]:
        if part != INPUT and isinstance(plan.by_place[part], (StageRecord, BlockRecord)):
            around.append(part)
    return around[min(step, len(around) - 1)]


def _stand_in(plan: Blueprint, what: Drawn) -> str:
    """What stands in for the selection, as the key of its sentence."""
    if isinstance(plan.by_place.get(what.selected.place), StageRecord):
        return "block_of_stage"
    if not plan.blocks:
        return "stage"
    return "block" if what.level == "block" else "stage_with_blocks"
