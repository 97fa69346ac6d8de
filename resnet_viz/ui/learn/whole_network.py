"""Figures of the lessons that show the network from above: its parts to look into, and how its depth adds up."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from resnet_viz.analysis.stage_counts import StageCount, stage_counts
from resnet_viz.blueprint import blueprint
from resnet_viz.networks.catalog import spec
from resnet_viz.records import NETWORK, Blueprint
from resnet_viz.ui.address import show
from resnet_viz.ui.diagrams import diagrams
from resnet_viz.ui.inspector import headline
from resnet_viz.ui.names import place_name
from resnet_viz.ui.place_select import place_select
from resnet_viz.ui.state import DEFAULT_NETWORK, PLACE_KEY, selected, t


def lesson_plan(size: int | None = None) -> Blueprint:
    """ResNet-50, of which the lessons tell, at its usual input size unless another is named."""
    return blueprint(DEFAULT_NETWORK, size or spec(DEFAULT_NETWORK).default_size)


def shown_place(plan: Blueprint) -> str:
    """The selected place where no select box says it, for the address too."""
    place = selected(plan)
    show(PLACE_KEY, None if place == NETWORK else place)
    return place


@st.fragment
def network_map() -> None:
    """The three columns of the architecture page, and what is selected in numbers."""
    plan = lesson_plan()
    with st.container(width=420):
        place = place_select(plan)
    diagrams(plan, place)
    st.markdown(f"**{place_name(plan, place)}**")
    headline(plan, place)


def network_count() -> None:
    """The convolutions and the linear layer, stage by stage, on the main path and on shortcuts."""
    plan = lesson_plan()
    counts = stage_counts(plan)
    st.table(
        pd.DataFrame([_row(one) for one in counts] + [_sums(counts)]).set_index(t("learn_architecture.count.part"))
    )
    main, linear = (sum(getattr(one, name) for one in counts) for name in ("main_path", "linear"))
    projections = sum(one.projections for one in counts)
    st.caption(
        t(
            "learn_architecture.count.sum",
            main=main,
            linear=linear,
            depth=plan.depth,
            projections=projections,
            convolutions=main + projections,
        )
    )


def _row(one: StageCount) -> dict[str, str]:
    name = t("architecture.head_short") if one.stage is None else t("common.stage", number=one.stage)
    return _cells(name, one.blocks, one.main_path, one.projections, one.linear)


def _sums(counts: tuple[StageCount, ...]) -> dict[str, str]:
    names = ("blocks", "main_path", "projections", "linear")
    return _cells(
        t("learn_architecture.count.together"), *(sum(getattr(one, name) for one in counts) for name in names)
    )


def _cells(name: str, *numbers: int) -> dict[str, str]:
    columns = ("part", "blocks", "main_path", "projections", "linear")
    texts = (name, *(str(number) if number else "–" for number in numbers))
    return {t(f"learn_architecture.count.{column}"): text for column, text in zip(columns, texts, strict=True)}
