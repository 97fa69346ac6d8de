"""The channels of a place: all of them as small maps, the kernels behind them, and one output cell worked out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from resnet_viz.ui.activations.run import Result
from resnet_viz.ui.channels.gallery import gallery
from resnet_viz.ui.channels.stepper import stepper
from resnet_viz.ui.channels.weights import weights
from resnet_viz.ui.choices import choose
from resnet_viz.ui.state import t

VIEWS: Mapping[str, Callable[[Result, str], None]] = {"maps": gallery, "weights": weights, "step": stepper}


def channels(result: Result, place: str) -> None:
    """Draw the chosen one of the three views of a place."""
    view = choose(
        t("channels.view"), tuple(VIEWS), key="channels", name=lambda id: t(f"channels.views.{id}"), in_url=True
    )
    VIEWS[view](result, place)
