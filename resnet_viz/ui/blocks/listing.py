"""A program whose steps can be clicked: the current line is marked, those that have run say what shape they left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from resnet_viz.analysis.block_steps import Step

_HERE = Path(__file__).parent
_COMPONENT = st.components.v2.component(
    "resnet_viz_block_code",
    html='<div class="code"><div class="rows" role="group"></div></div>',
    css=(_HERE / "code.css").read_text(encoding="utf-8"),
    js=(_HERE / "code.js").read_text(encoding="utf-8"),
)


def listing(
    program: str, steps: Sequence[Step], current: int, *, label: str, key: str, on_step: Callable[[int], None]
) -> None:
    """Draw the program at step `current`; `on_step` gets the number of a clicked one before the script runs again."""

    def clicked() -> None:
        value = st.session_state[key].get("step")
        if value is not None:
            on_step(int(value))

    _COMPONENT(
        data={
            "lines": program.rstrip().splitlines(),
            "steps": [{"first": s.spot.first, "last": s.spot.last, "shape": _shape(s)} for s in steps],
            "current": current,
            "label": label,
        },
        key=key,
        on_step_change=clicked,
    )


def _shape(step: Step) -> str:
    """What stands behind a line that has run: the shape of its tensor. Lines that build layers are long enough."""
    return str(step.shape) if step.heatmap is not None and step.spot.part == "forward" else ""
