"""The view Train: small residual and plain networks trained on handwritten digits while the visitor watches."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from resnet_viz.analysis.numbers import count
from resnet_viz.training.lab.digits import digits
from resnet_viz.training.lab.settings import (
    BATCH,
    CLIP,
    DECAY,
    DEPTHS,
    EPOCHS,
    KINDS,
    MOMENTUM,
    MOST_DEPTHS,
    NORMS,
    RATES,
    WIDTHS,
    Kind,
    Settings,
    plan,
)
from resnet_viz.ui.cache import laboratory
from resnet_viz.ui.choices import choose
from resnet_viz.ui.compare.train_job import jobs, keep
from resnet_viz.ui.compare.train_live import live
from resnet_viz.ui.presence import visitor
from resnet_viz.ui.state import t

Which = Literal["both", "residual", "plain"]
WHICH: tuple[Which, ...] = ("both", *KINDS)

SEEDS = (1, 3, 5)

DEPTHS_KEY = "train_depths"
FIRST_DEPTHS = (8, 20)
"""Depths that are chosen at first: enough to see it, in half a minute."""


def lab() -> None:
    """Draw the view: what to train, the job that goes on, and what all runs came to."""
    training, validation = digits()
    st.subheader(t("train.title"), anchor=False)
    st.markdown(t("train.about", training=count(len(training)), validation=len(validation)))
    laboratory().warm_up()
    training_of(_wanted())
    with st.expander(t("train.recipe.title")):
        st.markdown(t("train.recipe.text", batch=BATCH, momentum=MOMENTUM, decay=DECAY, clip=CLIP))
        st.markdown(t("train.source"))


def training_of(wanted: tuple[Settings, ...], *, brief: bool = False) -> None:
    """Draw the button that trains these networks, and what all runs came to; `brief`ly, by their training loss alone."""
    going_on = any(job.living for job in jobs())
    st.button(
        t("train.start", runs=len(wanted)),
        key="train_start",
        icon=":material/play_arrow:",
        disabled=going_on or not wanted,
        on_click=_start,
        args=(wanted,),
    )
    live(poll=going_on, brief=brief)


def _start(wanted: tuple[Settings, ...]) -> None:
    keep(laboratory().submit(visitor(), wanted))


def _wanted() -> tuple[Settings, ...]:
    """The runs that are chosen; draws the choices. None where the depths are none or too many."""
    with st.container(border=True):
        with st.container(horizontal=True, gap="medium"):
            which = choose(t("train.which"), WHICH, key="train_which", name=lambda id: t(f"train.kinds.{id}"))
            depths = _depths()
        with st.container(horizontal=True, gap="medium"):
            seeds = _number("seeds", SEEDS, 1)
            width = _number("width", WIDTHS, 16)
            norm = choose(t("train.norm"), NORMS, key="train_norm", name=lambda id: t(f"train.norms.{id}"))
            rates = {str(rate): rate for rate in RATES}
            lr = choose(t("train.lr"), tuple(rates), key="train_lr", name=str, default="0.1")
            epochs = st.slider(
                t("train.epochs"),
                EPOCHS[0],
                EPOCHS[-1],
                8,
                key="train_epochs",
                persist_state="session",
                width=180,
            )
    if not depths or len(depths) > MOST_DEPTHS:
        st.info(t("train.depths_limit", most=MOST_DEPTHS), icon=":material/info:")
        return ()
    kinds: tuple[Kind, ...] = KINDS if which == "both" else (which,)
    return plan(kinds, depths, seeds, Settings("plain", width=width, norm=norm, lr=rates[lr], epochs=epochs))


def _depths() -> list[int]:
    return st.pills(
        t("train.depths"),
        DEPTHS,
        selection_mode="multi",
        default=FIRST_DEPTHS,
        key=DEPTHS_KEY,
        persist_state="session",
        wrap=True,
        help=t("train.depths_help", most=MOST_DEPTHS),
    )


def _number(name: Literal["seeds", "width"], options: tuple[int, ...], default: int) -> int:
    ids = tuple(map(str, options))
    return int(choose(t(f"train.{name}"), ids, key=f"train_{name}", name=str, default=str(default)))
