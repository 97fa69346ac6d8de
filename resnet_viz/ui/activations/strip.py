"""The picture's way through the network at a glance: stages and blocks as tiles, each a way to select the place."""

from __future__ import annotations

from resnet_viz.analysis.rows import shape_text
from resnet_viz.analysis.way_rows import Row
from resnet_viz.figures.palette import stage_color
from resnet_viz.records import INPUT, Blueprint, LayerRecord, StageRecord
from resnet_viz.ui.activations.run import Result, way
from resnet_viz.ui.activations.way import SIDE
from resnet_viz.ui.names import spoken_name
from resnet_viz.ui.state import select_place, t
from resnet_viz.ui.tiles import Tile, TileGroup, tiles


def strip(result: Result, place: str) -> None:
    """Draw the tiles, the one that shows `place` marked."""
    made = way(result)
    tiles(
        _groups(result.plan, made.rows, made.places, len(result.loaded.info.labels)),
        made.sheet,
        selected=tile_of(result.plan, place, (INPUT, *made.places)),
        label=t("activations.way.title"),
        key="way",
        on_select=select_place,
        side=SIDE,
        crisp=True,
    )


def tile_of(plan: Blueprint, place: str, places: tuple[str, ...]) -> str:
    """The tile that shows a place: itself, its block, or the end of its stage; empty where none does."""
    if place in places:
        return place
    record = plan.by_place.get(place)
    if isinstance(record, StageRecord):
        return tile_of(plan, record.output, places)
    return record.block if isinstance(record, LayerRecord) and record.block in places else ""


def _groups(plan: Blueprint, rows: tuple[Row, ...], places: tuple[str, ...], classes: int) -> tuple[TileGroup, ...]:
    at = {name: n + 1 for n, name in enumerate(places)}
    photo = Tile(INPUT, 0, INPUT, spoken_name(plan, INPUT))
    groups = [TileGroup(t("architecture.input"), shape_text(plan.input_shape), stage_color(None), (photo,))]
    for number, names in rows:
        stage = None if number is None else plan.stage(f"stage{number}")
        title = t("architecture.head_short") if stage is None else t("common.stage", number=stage.number)
        shape = (classes,) if stage is None else stage.output_shape
        row = tuple(Tile(name, at[name], name, spoken_name(plan, name)) for name in names)
        groups.append(TileGroup(title, shape_text(shape), stage_color(number), row))
    return tuple(groups)
