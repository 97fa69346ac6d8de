"""One convolution stepped through: the window moves with the pointer, and every number of its cell is worked out.

The browser has the maps and kernels and does the sums; only a click comes back, and makes its cell part of the URL.
"""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import numpy as np
import streamlit as st

from resnet_viz.analysis.one_cell import Working, working
from resnet_viz.analysis.scripts_channels import step_lines
from resnet_viz.figures.overlays import number
from resnet_viz.ui.activations.run import Result, tensor_at
from resnet_viz.ui.address import show, wish
from resnet_viz.ui.cache import store
from resnet_viz.ui.channels.channel import channel_input
from resnet_viz.ui.channels.conv_choice import conv_choice
from resnet_viz.ui.channels.stepper_data import stepper_data
from resnet_viz.ui.choices import remember
from resnet_viz.ui.scripts import script
from resnet_viz.ui.state import language, t
from resnet_viz.ui.take_away.copy import copy_as_pytorch, opening
from resnet_viz.ui.take_away.files import download_npz

CELL_KEY = "cell"
"""The output cell on show, `row,column` in the URL."""
KEY = "stepper"
_HERE = Path(__file__).parent
_SCRIPTS = ("stepper.js", "stepper_numbers.js", "stepper_drawing.js")
_COMPONENT = st.components.v2.component(
    "resnet_viz_stepper",
    html='<div class="stepper"></div>',
    css=(_HERE / "stepper.css").read_text(encoding="utf-8"),
    js=script(*(_HERE / name for name in _SCRIPTS)),
)
_CELL = re.compile(r"(\d{1,4}),(\d{1,4})", re.ASCII)
_LABELS = (
    "source",
    "output",
    "patch",
    "kernel",
    "products",
    "position",
    "input",
    "inputs",
    "others",
    "bias",
    "sum",
    "batchnorm",
    "add",
    "relu",
    "tanh",
    "has",
    "zero",
    "move",
)


def stepper(result: Result, place: str) -> None:
    """Draw the convolution at a place, or the nearest one before it, with one output cell worked out."""
    st.markdown(t("channels.step.about"))
    with st.container(horizontal=True, gap="medium"):
        with st.container(width=420):
            conv = conv_choice(result.plan, place)
        output = tensor_at(result, conv)
        with st.container(width=220):
            channel = channel_input(output, t("channels.weights.channel"))
    found = _working(result, conv, channel)
    cell = _cell(found)
    show(CELL_KEY, None if wish(CELL_KEY) is None else f"{cell[0]},{cell[1]}")
    _component(result, found, cell)
    _check(found)
    name = f"{result.plan.network}-{conv}-{channel}"
    download_npz(lambda: _arrays(found), name, "stepper_npz")
    copy_as_pytorch(opening(result) + step_lines(found, cell), f"{name}-cell")


def _working(result: Result, conv: str, channel: int) -> Working:
    def make() -> Working:
        with st.spinner(t("channels.step.working")):
            return working(result.loaded.program, result.plan, conv, channel, partial(tensor_at, result))

    return store().get(("working", result.key, conv, channel), make, lambda made: made.nbytes)


def _cell(found: Working) -> tuple[int, int]:
    """The cell that was asked for; the one with the largest value until then, or where there is no such cell."""
    asked = _CELL.fullmatch(wish(CELL_KEY) or "")
    high, wide = found.computed.shape
    if asked and int(asked[1]) < high and int(asked[2]) < wide:
        return int(asked[1]), int(asked[2])
    row, column = np.unravel_index(int(found.computed.argmax()), found.computed.shape)
    return int(row), int(column)


def _component(result: Result, found: Working, cell: tuple[int, int]) -> None:
    def clicked() -> None:
        value = st.session_state[KEY].get("cell")
        if value is not None:
            remember(CELL_KEY, f"{int(value[0])},{int(value[1])}")

    where = "/".join((*result.key, found.convolution.place, str(found.channel), language()))
    # What the browser fills in stays in braces.
    gaps = {name: f"{{{name}}}" for name in ("place", "channel", "row", "column", "count", "value", "difference")}
    labels = {name: t(f"channels.step.{name}", **gaps) for name in _LABELS}
    _COMPONENT(
        data={**stepper_data(found), "id": where, "start": list(cell), "labels": labels},
        key=KEY,
        on_cell_change=clicked,
    )


def _check(found: Working) -> None:
    """Say how far all cells, worked out like this one, are from what the network computed."""
    places = [found.convolution.place, *(link.place for link in found.chain)]
    errors = tuple(f"`{place}` {number(error)}" for place, error in zip(places, found.errors, strict=True))
    st.caption(t("channels.step.check", cells=found.computed.size, errors=errors))


def _arrays(found: Working) -> dict[str, np.ndarray]:
    arrays = {"inputs": np.array(found.inputs), "maps": found.maps, "kernels": found.kernels, "rest": found.rest}
    return arrays | {found.convolution.place: found.computed} | {link.place: link.computed for link in found.chain}
