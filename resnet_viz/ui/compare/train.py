"""The view Train: small residual and plain networks trained on handwritten digits while the visitor watches."""

from __future__ import annotations

import streamlit as st

from resnet_viz.analysis.numbers import count
from resnet_viz.training.lab.digits import digits
from resnet_viz.training.lab.duration import about
from resnet_viz.training.lab.settings import BATCH, CLIP, DECAY, MOMENTUM, Settings
from resnet_viz.ui.cache import laboratory
from resnet_viz.ui.compare.train_choices import wanted_runs
from resnet_viz.ui.compare.train_job import jobs, keep
from resnet_viz.ui.compare.train_live import live
from resnet_viz.ui.presence import visitor
from resnet_viz.ui.state import t


def lab() -> None:
    """Draw the view: what to train, the job that goes on, and what all runs came to."""
    training, validation = digits()
    st.subheader(t("train.title"), anchor=False)
    st.markdown(t("train.about", training=count(len(training)), validation=len(validation)))
    laboratory().warm_up()
    training_of(wanted_runs())
    with st.expander(t("train.recipe.title")):
        st.markdown(t("train.recipe.text", batch=BATCH, momentum=MOMENTUM, decay=DECAY, clip=CLIP))
        st.markdown(t("train.source"))


def training_of(wanted: tuple[Settings, ...], *, brief: bool = False) -> None:
    """Draw the button that trains these networks, and what all runs came to; `brief`ly, by their training loss alone."""
    going_on = any(job.living for job in jobs())
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            t("train.start", runs=len(wanted)),
            key="train_start",
            icon=":material/play_arrow:",
            disabled=going_on or not wanted,
            on_click=_start,
            args=(wanted,),
        )
        if wanted:
            amount, unit = about(wanted)
            st.caption(t(f"train.estimate.{unit}", amount=amount), width="content")
    live(poll=going_on, brief=brief)


def _start(wanted: tuple[Settings, ...]) -> None:
    keep(laboratory().submit(visitor(), wanted))
