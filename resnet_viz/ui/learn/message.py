"""Three people pass on a message, once retold by each, once handed on unchanged with what each adds: a small animation.

All that is said stands there from the first; it moves when the visitor asks for it, never where the system asks for
less motion, and is whole on paper.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import streamlit as st

from resnet_viz.figures.palette import PLAIN, RESIDUAL
from resnet_viz.ui.scripts import script
from resnet_viz.ui.state import t

KEY = "learn_message"
PEOPLE = (1, 2, 3)

Lane = Literal["plain", "residual"]

_FORMULAS: dict[Lane, tuple[str, ...]] = {
    "plain": ("x₁ = H₁(x)", "x₂ = H₂(x₁)", "x₃ = H₃(x₂)"),
    "residual": ("x₁ = x + F₁(x)", "x₂ = x₁ + F₂(x₁)", "x₃ = x₂ + 0"),
}
"""What each person does; the third has nothing to add."""

_HERE = Path(__file__).parent
_COLOURS = f".plain {{ --lane: {PLAIN}; }}\n.residual {{ --lane: {RESIDUAL}; }}\n"
_COMPONENT = st.components.v2.component(
    "resnet_viz_message",
    html='<div class="message"></div>',
    css=_COLOURS + (_HERE / "message.css").read_text(encoding="utf-8"),
    js=script(_HERE / "message.js"),
)


def message() -> None:
    """Draw both ways of passing the message on."""
    added = [t(f"message.residual.said_{person}") for person in PEOPLE[:-1]]
    _COMPONENT(
        data={
            "play": t("message.play"),
            "lanes": [
                _lane("plain", [t("message.plain.said_3")]),
                _lane("residual", [t("message.start"), *added]),
            ],
        },
        key=KEY,
    )
    st.caption(t("message.look"))


def _lane(kind: Lane, arrives: list[str]) -> dict[str, object]:
    return {
        "kind": kind,
        "title": t(f"message.{kind}.title"),
        "start": t("message.start"),
        "people": [
            {
                "name": t("message.person", number=person),
                "said": t(f"message.{kind}.said_{person}"),
                "adds": kind == "plain" or person < PEOPLE[-1],
                "formula": _FORMULAS[kind][person - 1],
            }
            for person in PEOPLE
        ],
        "arrives": arrives,
        "sent": t("message.sent"),
        "received": t("message.received"),
    }
