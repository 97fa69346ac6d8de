"""What a cell of a map sees of the photo, and which cells see a pixel of it: by structure, by the gradient, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

import numpy as np
import streamlit as st

from resnet_viz.analysis.fields_of_cells import Way, Ways, box_of, effective, half_of, spans, ways
from resnet_viz.analysis.scripts_fields import field_script
from resnet_viz.figures.overlays import alone, framed
from resnet_viz.figures.palette import colour_map
from resnet_viz.records import INPUT, Blueprint, Heatmap
from resnet_viz.ui.activations.run import Result, activations
from resnet_viz.ui.address import show, wish
from resnet_viz.ui.choices import remember
from resnet_viz.ui.computed import Task, computed
from resnet_viz.ui.fields.component import SHARE, Field, Shown, clicked, component, painted
from resnet_viz.ui.jobs import Cancelled, Progress
from resnet_viz.ui.state import prose, t
from resnet_viz.ui.take_away.copy import copy_as_pytorch, opening
from resnet_viz.ui.take_away.files import download_npz, download_png

URL_KEYS = {"cell": "field", "pixel": "pixel"}
"""Parameters of the URL, each `row-column` of a pixel: one in the middle of the cell, so that another map's is as near."""

_AT = re.compile(r"(\d{1,4})-(\d{1,4})", re.ASCII)
_SIDE = 448


def fields(result: Result, one: Heatmap, title: str) -> None:
    """Draw a map of a place to choose cells on, beside the photo to choose pixels on, and what is found."""
    plan, place = result.plan, one.place
    st.caption(t("fields.look"))
    middle, pixel = (_asked(name, plan.size) for name in URL_KEYS)
    cell = _highest(one) if middle is None else _cell_at(middle, len(one.values), plan.size)
    found = ways(plan, place)
    shortest = spans(plan, place, found.shortest) if found.count > 1 else None
    pictures = st.container()  # what says that a gradient is under way stands below them: they stay where they are
    field = _field(result, place, cell)
    with pictures:
        sizes = len(one.values), plan.size
        shown = Shown(cell, pixel, spans(plan, place), shortest, field)
        component(result, one, title, shown, lambda name: _keep(name, *sizes))
    if field is not None and place != INPUT:
        st.caption(prose(_said(result, field, cell)))
    st.markdown("\n".join(f"- {line}" for line in _ways(plan, place, found, cell)))
    if field is not None:
        _files(result, place, cell, field)
        copy_as_pytorch(opening(result) + field_script(plan, place, *cell), "field")


def _keep(name: str, cells: int, side: int) -> None:
    at = clicked(name)
    if at is not None:
        row, column = _middle_of(at, cells, side) if name == "cell" else at
        remember(URL_KEYS[name], f"{row}-{column}")


def _asked(name: str, side: int) -> tuple[int, int] | None:
    """The pixel that the URL has for a cell or a pixel, where the photo has it."""
    parameter = URL_KEYS[name]
    found = _AT.fullmatch(wish(parameter) or "")
    at = None if found is None else (int(found[1]), int(found[2]))
    if at is not None and max(at) >= side:
        at = None
    show(parameter, None if at is None else f"{at[0]}-{at[1]}")
    return at


def _cell_at(pixel: tuple[int, int], cells: int, side: int) -> tuple[int, int]:
    row, column = (at * cells // side for at in pixel)
    return row, column


def _middle_of(cell: tuple[int, int], cells: int, side: int) -> tuple[int, int]:
    """A pixel near the middle of a cell, and surely in it where there are no more cells than pixels."""
    row, column = (max(-(-at * side // cells), (2 * at + 1) * side // (2 * cells)) for at in cell)
    return row, column


def _highest(one: Heatmap) -> tuple[int, int]:
    row, column = np.unravel_index(int(one.values.argmax()), one.values.shape)
    return int(row), int(column)


def _field(result: Result, place: str, cell: tuple[int, int]) -> Field | None:
    """The gradient of a cell at the photo; None while it is computed."""
    program, kept = result.loaded.program, activations(result)

    def work(progress: Progress, _: Cancelled) -> Field:
        progress(0, 1)
        return effective(program, kept, place, *cell)

    key, macs = ("field", result.key, place, cell), 2.0 * _macs_before(result.plan, place)
    return computed(Task("field", key, work, t("fields.working"), macs), lambda made: made.nbytes)


def _macs_before(plan: Blueprint, place: str) -> int:
    operations = ways(plan, place).longest.operations
    last = [layer.name for layer in plan.layers].index(operations[-1]) if operations else -1
    return sum(layer.macs for layer in plan.layers[: last + 1])


def _said(result: Result, field: Field, cell: tuple[int, int]) -> Iterator[str]:
    """What the gradient of a cell reaches, and what its colours are."""
    box = box_of(field)
    if box is None:
        yield t("fields.zero", row=cell[0], column=cell[1])
    else:
        (top, bottom), (left, right) = box
        half, count = half_of(field), (bottom - top + 1) * (right - left + 1)
        values = {"top": top, "bottom": bottom, "left": left, "right": right, "half": half, "count": f"{count:,}"}
        yield t("fields.reached", share=f"{100 * half / count:.0f}", **values)
        yield t("fields.unit", share=SHARE)
    if result.loaded.info.trained_on == "nothing":
        yield t("fields.untrained")


def _ways(plan: Blueprint, place: str, found: Ways, cell: tuple[int, int]) -> Iterator[str]:
    """The shortest and longest way behind a cell, a line each."""
    if place == INPUT:
        yield t("fields.itself")
    elif found.count == 1:
        yield t("fields.only", **_of_way(plan, place, found.longest, cell))
    else:
        yield t("fields.shortest", **_of_way(plan, place, found.shortest, cell))
        yield t("fields.longest", **_of_way(plan, place, found.longest, cell))
        yield t("fields.count", count=f"{found.count:,}")


def _of_way(plan: Blueprint, place: str, way: Way, cell: tuple[int, int]) -> dict[str, object]:
    pixels = _pixels(plan, place, cell, way)
    return {"n": len(way.convolutions), "names": " → ".join(_names(plan, way)), **pixels}


def _names(plan: Blueprint, way: Way) -> Iterator[str]:
    """The convolutions of a way: of a stage the first and the last, for a deep network has more than one can read."""
    for _, names in groupby(way.convolutions, key=lambda name: plan.layer(name).stage):
        first, *others = names
        yield f"`{first}`" if not others else f"`{first} … {others[-1]}`"


def _pixels(plan: Blueprint, place: str, cell: tuple[int, int], way: Way) -> dict[str, int]:
    """How many pixels high and wide a cell sees over a way."""
    (top, bottom), (left, right) = (spans(plan, place, way)[at].tolist() for at in cell)
    return {"high": bottom - top + 1, "wide": right - left + 1}


def _files(result: Result, place: str, cell: tuple[int, int], field: Field) -> None:
    name = f"{result.plan.network}-{place}-{cell[0]}-{cell[1]}-field"
    with st.container(horizontal=True, gap="small"):
        if field.any():
            download_png(lambda: _png(f"{result.plan.network} {place} {cell}", field), name, "field_png")
        rows, columns = (spans(result.plan, place)[at] for at in cell)
        download_npz({"effective": field, "rows": rows, "columns": columns}, name, "field_npz")


def _png(title: str, field: Field) -> bytes:
    (levels, high), colours = painted(field), colour_map(signed=False)
    return framed(alone(levels, colours, side=_SIDE), colours, 0.0, high, f"|d cell / d pixel| {title}")
