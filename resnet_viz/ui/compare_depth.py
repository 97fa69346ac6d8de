"""The view Depth: what goes through a residual network and a plain one, layer by layer, forwards and backwards."""

from __future__ import annotations

from resnet_viz.ui.compare_chain import chain
from resnet_viz.ui.compare_picture import compared_picture, pair
from resnet_viz.ui.compare_shattered import shattered
from resnet_viz.ui.compare_signal import signal


def depth() -> None:
    """Draw the view."""
    picture = compared_picture()
    if picture is not None:
        signal(picture.tensor, lambda: pair().both)
    shattered()
    chain()
