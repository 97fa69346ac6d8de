"""The way from the whole network down to what is selected, each step a button."""

from __future__ import annotations

import streamlit as st

from resnet_viz.records import Blueprint
from resnet_viz.ui.names import path_to, place_name
from resnet_viz.ui.state import select_place


def breadcrumb(plan: Blueprint, place: str) -> None:
    """Draw the path to a place; a click on a step selects it."""
    path = path_to(plan, place)
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center", key="breadcrumb"):
        for level, step in enumerate(path):
            if level:
                st.markdown(":material/chevron_right:", width="content")
            here = step == place
            st.button(
                f"**{place_name(plan, step)}**" if here else place_name(plan, step),
                key=f"breadcrumb_{level}",
                type="tertiary",
                on_click=select_place,
                args=(step,),
            )
