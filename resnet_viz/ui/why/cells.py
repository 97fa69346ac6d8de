"""Class maps at a place: over the picture, in numbers, inside of its block, and as files and a script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
import streamlit as st

from resnet_viz.analysis.class_maps import Method
from resnet_viz.analysis.heatmaps import is_vector
from resnet_viz.analysis.likeness import likeness, spread
from resnet_viz.analysis.scripts_why import cam_script
from resnet_viz.figures.overlays import number
from resnet_viz.records import Heatmap
from resnet_viz.ui.activations.run import Result, activations, tensor_at
from resnet_viz.ui.fields.view import fields
from resnet_viz.ui.state import prose, t
from resnet_viz.ui.take_away.copy import copy_as_pytorch, opening
from resnet_viz.ui.why.choice import Choice, method_name, name_of
from resnet_viz.ui.why.computed_maps import each_of, map_at
from resnet_viz.ui.why.drawn import drawn, files, look_input
from resnet_viz.ui.why.in_block import in_block


def cells(result: Result, place: str, choice: Choice) -> None:
    """Draw the maps of the chosen classes at a place; at the end of the last stage where the place has no cells."""
    method = cast("Method", choice.method)
    shown = result.plan.stages[-1].name if is_vector(tensor_at(result, place)) else place
    if shown != place:
        st.caption(t("why.vector", place=place, shown=shown))
    look = look_input(smooth=True, against=method != "eigen-cam")
    found = each_of(choice.classes, lambda index: map_at(result, shown, index, method, against=look.against))
    if found is None:
        return
    titles = [method_name(method)] if method == "eigen-cam" else [name_of(result, index) for index in choice.classes]
    drawn(result, found, titles, look, "cam")
    st.caption(_said(result, found, choice))
    files(result, found, titles, "cam")
    in_block(result, shown, choice)
    fields(result, found[0], titles[0])
    script = cam_script(result.plan, shown, choice.classes, method, against=look.against)
    copy_as_pytorch(opening(result) + script, "why")


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
