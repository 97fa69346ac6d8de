"""Figures of the lesson on degradation: trained while one looks, argued with two networks, and our own curves."""

from __future__ import annotations

import streamlit as st

from resnet_viz.analysis.published import published
from resnet_viz.figures.copied_blocks import copied_blocks
from resnet_viz.figures.overlays import number
from resnet_viz.learn.questions_shortcuts import DEEP, SHALLOW
from resnet_viz.networks.catalog import spec
from resnet_viz.training.lab.settings import KINDS, Settings, plan
from resnet_viz.ui.cache import deeper_answer, laboratory
from resnet_viz.ui.compare.curves import own, stored
from resnet_viz.ui.compare.published import tables
from resnet_viz.ui.compare.train import training_of
from resnet_viz.ui.compare.train_choices import FIRST_DEPTHS
from resnet_viz.ui.state import prose, t


def published_errors(*ids: str) -> None:
    """Draw these tables of published errors."""
    tables([table for table in published() if table.id in ids])


def small_lab() -> None:
    """Draw the lab with one choice made for all: two depths, with shortcuts and without, one seed."""
    laboratory().warm_up()
    st.markdown(t("shortcut_lessons.lab", shallow=FIRST_DEPTHS[0], deep=FIRST_DEPTHS[-1]))
    training_of(plan(KINDS, FIRST_DEPTHS, 1, Settings("plain")), brief=True)


def copied() -> None:
    """Draw a deep network that contains a shallow one, and how far apart their answers are."""
    names = {"shallow": spec(SHALLOW).title, "deep": spec(DEEP).title}
    with st.spinner(t("shortcut_lessons.copy.running", **names)):
        found = deeper_answer(SHALLOW, DEEP)
    stages = range(1, len(found.copied) + 1)
    st.html(
        copied_blocks(
            found.copied,
            found.added,
            names=[t("shortcut_lessons.copy.stage", number=stage) for stage in stages],
            kept=t("shortcut_lessons.copy.kept", **names),
            more=t("shortcut_lessons.copy.more"),
        )
    )
    said = "same" if found.error == 0 else "near"
    st.markdown(t(f"shortcut_lessons.copy.{said}", **names, logits=f"{found.logits:,}", error=number(found.error)))
    st.caption(
        prose(
            [
                t("shortcut_lessons.copy.look", **names, added=sum(found.added), layers=found.layers),
                t("shortcut_lessons.copy.how", **names),
            ]
        )
    )


def own_curves() -> None:
    """Draw our own learning curves, or say that there are none yet."""
    found = stored()
    if found is None:
        st.info(t("shortcut_lessons.no_curves"), icon=":material/show_chart:")
    else:
        own(found)
