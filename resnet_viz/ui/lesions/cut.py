"""Blocks cut in the network: its answer, its class map and all that comes later, before and after."""

from __future__ import annotations

import streamlit as st

from resnet_viz.analysis.scripts_lesions import cut_script
from resnet_viz.ui.activations.run import Result
from resnet_viz.ui.class_select import class_select
from resnet_viz.ui.lesions.beside import Sides, answers_beside, class_maps_beside, maps_beside
from resnet_viz.ui.lesions.chosen import choose_cuts
from resnet_viz.ui.lesions.departed import departures_drawn
from resnet_viz.ui.lesions.labels import cut_off_shortcut, shown
from resnet_viz.ui.lesions.later import later
from resnet_viz.ui.lesions.passes import cut_pass
from resnet_viz.ui.state import t
from resnet_viz.ui.take_away.copy import copy_as_pytorch, opening


def cut_blocks(result: Result, place: str) -> None:
    """Draw the choice of what is cut, and what comes of it."""
    st.markdown(t("lesions.cut.about"))
    cuts = choose_cuts(result.plan, place)
    if not cuts:
        st.info(t("lesions.cut.nothing"), icon=":material/content_cut:")
        return
    info = result.loaded.info
    sides = Sides(result, cut_pass(result, cuts), shown(info), shown(info, cuts))
    st.markdown(t("lesions.shown.now", what=sides.after))
    if cut_off_shortcut(cuts):
        st.caption(t("lesions.shown.no_plain_network"))
    class_index = class_select(result)
    answers_beside(sides, class_index)
    departures_drawn(sides, place)
    later(sides)
    maps_beside(sides, place)
    class_maps_beside(sides, place, class_index)
    copy_as_pytorch(opening(result) + cut_script(result.plan, cuts, class_index), "lesions")
