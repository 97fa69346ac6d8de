"""The activations page: a picture, the network's answer, and what every part of the network does on the way to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from resnet_viz.analysis.heatmaps import is_vector
from resnet_viz.ui.activations.answer import answer
from resnet_viz.ui.activations.input import Picture, picture_input, picture_name
from resnet_viz.ui.activations.maps import maps
from resnet_viz.ui.activations.run import Fit, Result, last_result, run, shown_place, tensor_at
from resnet_viz.ui.activations.seen import fit_input, seen
from resnet_viz.ui.activations.strip import strip
from resnet_viz.ui.activations.vectors import vectors
from resnet_viz.ui.activations.weights import badges, weights_input
from resnet_viz.ui.cache import Loaded, program
from resnet_viz.ui.channels.view import channels
from resnet_viz.ui.choices import choose
from resnet_viz.ui.dissection.view import block
from resnet_viz.ui.errors import guard
from resnet_viz.ui.job_progress import view_container
from resnet_viz.ui.lesions.view import lesions
from resnet_viz.ui.place_select import place_select
from resnet_viz.ui.several.view import several
from resnet_viz.ui.state import current_network, current_size, t
from resnet_viz.ui.take_away.report import report
from resnet_viz.ui.why.view import why


def page() -> None:
    """Draw the page: picture, what the network sees and answers, then its way through the network."""
    st.title(t("activations.title"), anchor=False)
    st.markdown(t("activations.lead"))
    left, middle, right = st.columns([4, 3, 4], gap="large")
    with left:
        st.subheader(t("activations.input.heading"), anchor=False)
        picture = picture_input()
    with middle:
        st.subheader(t("activations.seen.heading"), anchor=False)
        fit = fit_input()
    with right:
        st.subheader(t("activations.answer.heading"), anchor=False)
        loaded = weights_input(current_network())
        result = _result(picture, loaded, fit)
        if result is not None:
            badges(result.loaded.info, result.plan.size)
            answer(result)
    if result is None:
        st.info(t("activations.nothing_yet"), icon=":material/info:")
        return
    with middle:
        seen(result)
    explore(result)


def _result(picture: Picture | None, chosen: Loaded | None, fit: Fit) -> Result | None:
    """The answer to what is chosen; where that cannot be had, the last one, with a sentence that says so."""
    network, size = current_network(), current_size()
    last = last_result()
    with guard():
        loaded = chosen or _instead(network, last)
        if picture is not None:
            with st.spinner(t("activations.running")):
                return run(picture, network, size, loaded, fit)
    if last is not None:
        name, plan = picture_name(last.picture), last.plan
        st.info(t("activations.last_stays", name=name, network=plan.network, size=plan.size), icon=":material/history:")
    return last


def _instead(network: str, last: Result | None) -> Loaded:
    """The weights that answer while the chosen ones are not there: the last ones of this network, or the automatic ones."""
    st.caption(t("activations.weights.until_then"))
    if last is not None and last.loaded.info.network == network:
        return last.loaded
    return program(network, "auto")


@st.fragment
def explore(result: Result) -> None:
    """All that shows the selected place, in one fragment: a click draws it again and nothing else."""
    st.subheader(t("activations.way.title"), anchor=False)
    st.caption(t("activations.way.about"))
    with guard():
        _selected(result)


def _selected(result: Result) -> None:
    tiles = st.container()
    place = place_select(result.plan)
    with tiles:
        strip(result, place)
    shown = shown_place(result.plan)
    with st.container():  # also where it is empty, so that what follows has one place on the page
        if shown != place:
            st.caption(t("activations.maps.nothing_selected", place=shown))
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="medium")
    with row:
        look = choose(
            t("activations.look.label"),
            tuple(LOOKS),
            key="look",
            name=lambda n: t(f"activations.look.{n}"),
            in_url=True,
        )
    report(result, row)
    with view_container():
        LOOKS[look](result, shown)


def _maps(result: Result, place: str) -> None:
    tensor = tensor_at(result, place)
    if is_vector(tensor):
        vectors(result, place, tensor)
    else:
        maps(result, place, tensor)


# What there is to see of the selected place: the chosen one alone is computed. No docstring: Streamlit would show it.
LOOKS: Mapping[str, Callable[[Result, str], None]] = {
    "maps": _maps,
    "block": block,
    "channels": channels,
    "why": why,
    "lesions": lesions,
    "several": several,
}

page()
