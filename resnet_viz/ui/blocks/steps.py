"""The block's program stepped line by line: the line, what it does, and what the run left behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from math import prod
from textwrap import dedent

import streamlit as st

from resnet_viz.analysis.block_code import RUN_BATCH, script
from resnet_viz.analysis.block_numbers import BlockNumbers
from resnet_viz.analysis.block_steps import Step, run_side
from resnet_viz.analysis.heatmaps import limits, to_uint8
from resnet_viz.analysis.numbers import count
from resnet_viz.figures.overlays import alone, number
from resnet_viz.figures.palette import colour_map
from resnet_viz.records import Heatmap
from resnet_viz.ui.blocks.listing import listing
from resnet_viz.ui.cache import block_plan, block_steps
from resnet_viz.ui.choices import asked_number, remember, whole_number
from resnet_viz.ui.colour_bar import colour_bar
from resnet_viz.ui.facts import facts
from resnet_viz.ui.state import t

STEP_KEY = "step"
"""The step on show, from 1: a slider, and part of the URL."""
CHANNEL_KEY = "block_channel"
LISTING_KEY = "block_listing"
STEPPER_KEY = "block_stepper"
_STACKED = f"""<style>@media (max-width: 640px) {{
.st-key-{STEPPER_KEY} [data-testid=stHorizontalBlock] {{ flex-direction: column-reverse; }}
.st-key-{STEPPER_KEY} [data-testid=stColumn] {{ width: 100%; }} }}</style>"""
"""On a phone the values come before the program: they stay beside the buttons that move."""
_SIDE = 300
"""Pixels of the heatmap's longer side."""


@st.fragment
def stepped(numbers: BlockNumbers, key: str = STEP_KEY) -> None:
    """Draw the program and the step on show, which the URL calls `key`. One fragment: a step draws nothing else again."""
    plan = block_plan(numbers, 1)
    widest = max(prod(plan.input_shape), *(prod(layer.output_shape) for layer in plan.layers))
    shown = replace(numbers, w=run_side(plan.macs, widest, numbers.w, RUN_BATCH))
    program = script(shown)
    steps = block_steps(program, int(st.session_state.get(CHANNEL_KEY, 0)))
    st.markdown(t("blocks.code.about"))
    if shown.w != numbers.w:
        st.caption(t("blocks.code.smaller", w=numbers.w, shown=shown.w))
    here = _choose(steps, key)
    st.html(_STACKED)
    with st.container(key=STEPPER_KEY):
        code, values = st.columns([2, 1], gap="medium")
    with values:
        st.caption(t("blocks.code.step", number=here + 1, all=len(steps), line=steps[here].spot.first))
        _left_behind(steps[here], program)
    with code:
        listing(program, steps, here, label=t("blocks.code.listing"), key=LISTING_KEY, on_step=partial(_go, key))
        st.download_button(
            t("blocks.code.download"),
            data=program,
            file_name=f"{numbers.label.lower()}.py",
            mime="text/x-python",
            icon=":material/download:",
            on_click="ignore",
        )


def _choose(steps: Sequence[Step], key: str) -> int:
    """Draw what moves from step to step and return the one on show, from 0; the first computed line until one moves."""
    last = len(steps)
    first_computed = next(index for index, step in enumerate(steps, 1) if step.spot.part == "forward")
    here = min(max(asked_number(key, first_computed), 1), last)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
        whole_number(t("blocks.code.number", last=last), key=key, default=first_computed, value=here, width=104)
        _move(key, here - 1, "previous", ":material/arrow_upward:", possible=here > 1)
        _move(key, here + 1, "next", ":material/arrow_downward:", possible=here < last)
    return here - 1


def _move(key: str, to: int, way: str, icon: str, *, possible: bool) -> None:
    st.button(
        t(f"blocks.code.{way}"), icon=icon, key=f"step_{way}", on_click=_go, args=(key, to - 1), disabled=not possible
    )


def _go(key: str, index: int) -> None:
    remember(key, str(index + 1))


def _left_behind(step: Step, program: str) -> None:
    """The line, what it does in a sentence, and what it left in numbers and as a picture."""
    lines = program.splitlines()[step.spot.first - 1 : step.spot.last]
    st.code(dedent("\n".join(lines)), language="python", wrap_lines=True)
    st.markdown(t(_sentence(step)))
    facts(_facts(step))
    if step.heatmap is not None and step.shape is not None:
        _picture(step, step.heatmap, step.shape[1])


def _sentence(step: Step) -> str:
    operation = step.spot.operation.rstrip("0123456789")
    if step.spot.part == "init":
        return f"blocks.init.{operation}"
    if operation == "conv":
        return f"blocks.steps.{step.spot.operation}"
    return f"blocks.steps.{'output' if operation == 'return' else operation}"


def _facts(step: Step) -> list[tuple[str, str]]:
    values, rows = step.values, []
    if step.shape is not None:
        shape_of = "weight_shape" if step.spot.part == "init" else "shape"
        rows.append((t(f"blocks.code.{shape_of}"), str(step.shape)))
    if step.spot.part == "init":
        rows.append((t("blocks.build.params"), count(step.params)))
    if values is not None:
        rows.append((t("blocks.code.range"), f"{_number(values.low)} … {_number(values.high)}"))
        rows.append((t("blocks.code.mean"), _number(values.mean)))
        rows.append((t("blocks.code.std"), _number(values.std)))
    if values is not None and step.spot.part != "init":
        rows.append((t("blocks.code.zeros"), f"{values.zeros:.1%}"))
    return rows


def _number(value: float) -> str:
    """Three decimals; what rounds to zero is zero and not minus zero."""
    return f"{round(value, 3) + 0.0:.3f}"


def _picture(step: Step, heatmap: Heatmap, channels: int) -> None:
    st.number_input(
        t("blocks.code.channel", last=channels - 1),
        min_value=0,
        max_value=max(channels - 1, int(st.session_state.get(CHANNEL_KEY, 0))),
        value=0,
        key=CHANNEL_KEY,
        persist_state="session",
        width=220,
    )
    low, high = limits([heatmap])
    side = max(heatmap.values.shape)
    picture = alone(to_uint8(heatmap, low, high), colour_map(signed=heatmap.signed), side=max(_SIDE // side, 1) * side)
    cells = "x".join(map(str, heatmap.values.shape))
    st.image(
        picture,
        width=_SIDE,
        caption=t("blocks.code.picture", channel=step.channel, cells=cells),
        alt=t(
            "blocks.code.picture_alt", target=step.spot.target, channel=step.channel, low=number(low), high=number(high)
        ),
    )
    with st.container(width=_SIDE):
        colour_bar(heatmap, low, high)
