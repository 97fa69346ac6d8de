"""The compare page: the same network with and without its shortcuts, drawn, run, differentiated and trained."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import streamlit as st

from resnet_viz.ui.choices import choose
from resnet_viz.ui.compare.blueprints import blueprints
from resnet_viz.ui.compare.chain import four_layers
from resnet_viz.ui.compare.curves import curves
from resnet_viz.ui.compare.image import same_image
from resnet_viz.ui.compare.landscape import landscape
from resnet_viz.ui.compare.landscape_live import stop
from resnet_viz.ui.compare.paths import paths
from resnet_viz.ui.compare.shattered import shattered
from resnet_viz.ui.compare.signal import passes
from resnet_viz.ui.compare.stack import fully_connected
from resnet_viz.ui.compare.train import lab
from resnet_viz.ui.errors import guard
from resnet_viz.ui.state import t

# Each view and its parts by their ids in the URL; a part's id belongs to one view alone, so that one key holds them all.
# Text on a line of its own, such as a docstring here, would be shown on the page.
VIEWS: Mapping[str, Mapping[str, Callable[[], None]]] = MappingProxyType(
    {
        "side": {"blueprints": blueprints, "picture": same_image, "curves": curves},
        "depth": {"signal": passes, "shattered": shattered, "chain": four_layers, "stack": fully_connected},
        "paths": {"unravelled": paths, "landscape": landscape},
        "train": {"lab": lab},
    }
)

VIEW_KEY, PART_KEY = "view", "part"


def page() -> None:
    """Draw the chosen part of the chosen view; the others are not computed."""
    st.title(t("compare.title"), anchor=False)
    st.markdown(t("compare.lead"))
    with st.container(horizontal=True, gap="medium"):
        view = choose(
            t("compare.view"), tuple(VIEWS), key=VIEW_KEY, name=lambda view: t(f"compare.views.{view}"), in_url=True
        )
        draw = _part(VIEWS[view])
    if draw is not landscape:
        stop()
    with guard():
        draw()


def _part(parts: Mapping[str, Callable[[], None]]) -> Callable[[], None]:
    """What draws the chosen part; there is no choice where there is one part alone."""
    names = tuple(parts)
    if len(names) == 1:
        return parts[names[0]]
    return parts[
        choose(t("compare.part"), names, key=PART_KEY, name=lambda part: t(f"compare.parts.{part}"), in_url=True)
    ]


page()
