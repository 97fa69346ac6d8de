"""The compare page: the same network with and without its shortcuts, drawn, run, differentiated and trained."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import streamlit as st

from resnet_viz.ui.choices import choose
from resnet_viz.ui.compare_depth import depth
from resnet_viz.ui.compare_paths import paths
from resnet_viz.ui.compare_side import side
from resnet_viz.ui.compare_train import lab
from resnet_viz.ui.errors import guard
from resnet_viz.ui.state import t

# Each view by its id in the URL. Text on a line of its own, such as a docstring here, would be shown on the page.
VIEWS: Mapping[str, Callable[[], None]] = MappingProxyType({"side": side, "depth": depth, "paths": paths, "train": lab})

VIEW_KEY = "view"


def page() -> None:
    """Draw the chosen view; the others are not computed."""
    st.title(t("compare.title"), anchor=False)
    st.markdown(t("compare.lead"))
    view = choose(
        t("compare.view"), tuple(VIEWS), key=VIEW_KEY, name=lambda view: t(f"compare.views.{view}"), in_url=True
    )
    with guard():
        VIEWS[view]()


page()
