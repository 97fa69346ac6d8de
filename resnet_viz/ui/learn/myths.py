"""The figure of claims from articles: each opens to what the live model says of it."""

from __future__ import annotations

import streamlit as st

from resnet_viz.analysis.claims import Finding, Myth
from resnet_viz.analysis.myths import MYTHS
from resnet_viz.ui.cache import finding
from resnet_viz.ui.learn.prose import live
from resnet_viz.ui.state import t


@st.fragment
def myths_table() -> None:
    """All claims, closed; what is closed is not computed."""
    for number, myth in enumerate(MYTHS, 1):
        claim = t(f"myths.{myth.code}.claim")
        opened = st.expander(f"{number}. {claim}", on_change="rerun", key=f"myth_{myth.code}")
        if opened.open:
            with opened:
                _answer(myth)


def _answer(myth: Myth) -> None:
    with st.spinner(t("myths.asking")):
        found = finding(myth.code)
    st.markdown(_verdict(found))
    st.markdown(live(t(f"myths.{myth.code}.answer", **found.values)))
    st.caption(t(f"myths.sources.{myth.source}"))


def _verdict(found: Finding) -> str:
    """What came of it, with a sign and a colour of its own."""
    if found.verdict == "holds":
        return f":green[:material/check: **{t('myths.holds')}**]"
    if found.verdict == "fails":
        return f":red[:material/close: **{t('myths.fails')}**]"
    return f":orange[:material/balance: **{t('myths.depends')}**]"
