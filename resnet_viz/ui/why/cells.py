"""Class maps at a place: over the picture, in numbers, in its block, as files and a script; and what a cell of one sees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
import streamlit as st

from resnet_viz.analysis.class_maps import Method
from resnet_viz.analysis.heatmaps import with_cells
from resnet_viz.analysis.likeness import likeness, spread
from resnet_viz.analysis.scripts_why import cam_script
from resnet_viz.figures.overlays import number
from resnet_viz.records import Heatmap
from resnet_viz.ui.activations.run import Result, activations
from resnet_viz.ui.choices import choose
from resnet_viz.ui.fields.view import fields
from resnet_viz.ui.state import prose, t
from resnet_viz.ui.take_away.copy import copy_as_pytorch, opening
from resnet_viz.ui.why.choice import Choice, method_name, name_of
from resnet_viz.ui.why.computed_maps import each_of, map_at
from resnet_viz.ui.why.drawn import drawn, files, is_flat, look_input
from resnet_viz.ui.why.in_block import in_block

PARTS = ("map", "cell")
"""The map of the class, or what one cell of it sees."""


def cells(result: Result, place: str, choice: Choice) -> None:
    """Draw the maps of the chosen classes at a place, or what a cell of the first one sees."""
    shown = with_cells(result.plan, place)
    if shown != place:
        st.caption(t("why.vector", place=place, shown=shown))
    part = choose(t("why.part.label"), PARTS, key="why", name=lambda id: t(f"why.part.{id}"), in_url=True)
    if part == "map":
        _maps(result, shown, choice)
    else:
        _cell(result, shown, choice)


def _maps(result: Result, place: str, choice: Choice) -> None:
    method = cast("Method", choice.method)
    look = look_input(smooth=True, against=method != "eigen-cam")
    found = each_of(choice.classes, lambda index: map_at(result, place, index, method, against=look.against))
    if found is None:
        return
    titles = _titles(result, choice)
    drawn(result, found, titles, look, "cam")
    st.caption(_said(result, found, choice))
    files(result, found, titles, "cam")
    in_block(result, place, choice)
    script = cam_script(result.plan, place, choice.classes, method, against=look.against)
    copy_as_pytorch(opening(result) + script, "why")


def _cell(result: Result, place: str, choice: Choice) -> None:
    one = map_at(result, place, choice.classes[0], cast("Method", choice.method), against=False)
    if one is None:
        return
    title = _titles(result, choice)[0]
    if is_flat(one):
        st.caption(t("why.zero" if one.high == 0 else "why.flat", name=title, value=number(one.high)))
    fields(result, one, title)


def _titles(result: Result, choice: Choice) -> list[str]:
    if choice.method == "eigen-cam":
        return [method_name("eigen-cam")]
    return [name_of(result, index) for index in choice.classes]


def _said(result: Result, maps: Sequence[Heatmap], choice: Choice) -> str:
    """What to look at, and what came out."""
    if choice.method == "eigen-cam":
        return t("why.look_eigen", place=maps[0].place)
    look = t("why.look_signed" if maps[0].signed else "why.look", place=maps[0].place)
    seen = any(one.high > one.low for one in maps)
    said = [look, t(f"why.unit.{choice.method.replace('-', '_')}")] if seen else []
    for one, index in zip(maps, choice.classes, strict=True):
        values = {"name": name_of(result, index), "logit": number(float(activations(result).logits[index]))}
        if one.high > 0:
            row, column = np.unravel_index(int(one.values.argmax()), one.values.shape)
            cell = {"row": int(row), "column": int(column), "high": number(one.high)}
            said.append(t("why.result", share=f"{100 * spread(one):.0f}", **values, **cell))
        else:
            said.append(t("why.nothing", place=one.place, **values))
    alike = likeness(*maps) if len(maps) == 2 else None
    if alike is not None:
        said.append(t("why.alike", alike=f"{alike:.2f}"))
    return prose(said)
