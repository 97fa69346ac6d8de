"""What to train: the choices of the view Train, which are part of the URL, so that a reload or a link keeps them."""

from __future__ import annotations

from typing import Literal, cast

import streamlit as st

from resnet_viz.training.lab.settings import (
    DEPTHS,
    EPOCHS,
    KINDS,
    MOST_DEPTHS,
    NORMS,
    RATES,
    WIDTHS,
    Kind,
    Settings,
    plan,
)
from resnet_viz.ui.address import ask, show, wish
from resnet_viz.ui.choices import choose, slide
from resnet_viz.ui.state import t

Which = Literal["both", "residual", "plain"]
WHICH: tuple[Which, ...] = ("both", *KINDS)

SEEDS = (1, 3, 5)

FIRST_DEPTHS = (8, 20)
"""Depths that are chosen at first: enough to see it, in half a minute."""

_DEPTHS_KEY = "train_depths"
_NO_DEPTH = "none"
"""What the URL says where every depth has been taken back."""


def wanted_runs() -> tuple[Settings, ...]:
    """Draw the choices and return the runs that they come to: none where no depth is chosen, or too many."""
    with st.container(border=True):
        with st.container(horizontal=True, gap="medium"):
            which = choose(
                t("train.which"), WHICH, key="train_which", name=lambda id: t(f"train.kinds.{id}"), in_url=True
            )
            depths = _depths()
        with st.container(horizontal=True, gap="medium"):
            seeds = _number("seeds", SEEDS, 1)
            width = _number("width", WIDTHS, 16)
            norm = choose(t("train.norm"), NORMS, key="train_norm", name=lambda id: t(f"train.norms.{id}"), in_url=True)
            rates = {str(rate): rate for rate in RATES}
            lr = choose(t("train.lr"), tuple(rates), key="train_lr", name=str, default="0.1", in_url=True)
            with st.container(width=180):
                epochs = _epochs()
    if not depths or len(depths) > MOST_DEPTHS:
        st.info(t("train.depths_limit", most=MOST_DEPTHS), icon=":material/info:")
        return ()
    kinds: tuple[Kind, ...] = KINDS if which == "both" else (which,)
    return plan(kinds, depths, seeds, Settings("plain", width=width, norm=norm, lr=rates[lr], epochs=epochs))


def _depths() -> list[int]:
    depths = _asked_depths()
    st.session_state[_DEPTHS_KEY] = depths
    st.pills(
        t("train.depths"),
        DEPTHS,
        selection_mode="multi",
        key=_DEPTHS_KEY,
        on_change=_keep_depths,
        wrap=True,
        help=t("train.depths_help", most=MOST_DEPTHS),
    )
    show(_DEPTHS_KEY, _written(depths))
    return depths


def _asked_depths() -> list[int]:
    """The depths that the URL names, as in `8-20-56`; the first ones where it names none, or one that is not offered."""
    asked = wish(_DEPTHS_KEY)
    if asked == _NO_DEPTH:
        return []
    offered = {str(depth): depth for depth in DEPTHS}
    parts = (asked or "").split("-")
    return sorted({offered[part] for part in parts}) if set(parts) <= set(offered) else [*FIRST_DEPTHS]


def _keep_depths() -> None:
    ask(_DEPTHS_KEY, _written(cast("list[int]", st.session_state[_DEPTHS_KEY])))


def _written(depths: list[int]) -> str | None:
    """What the URL says of these depths: nothing of the first ones."""
    if set(depths) == set(FIRST_DEPTHS):
        return None
    return "-".join(map(str, sorted(depths))) or _NO_DEPTH


def _epochs() -> int:
    first, last = EPOCHS[0], EPOCHS[-1]
    return round(slide(t("train.epochs"), key="train_epochs", low=first, high=last, default=8, step=1, format="%d"))


def _number(name: Literal["seeds", "width"], options: tuple[int, ...], default: int) -> int:
    ids = tuple(map(str, options))
    return int(choose(t(f"train.{name}"), ids, key=f"train_{name}", name=str, default=str(default), in_url=True))
