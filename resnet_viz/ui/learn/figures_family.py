"""Live figures for the lessons on the history of depth and on side outputs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from resnet_viz.ui.networks.counted import depth_in_parts
from resnet_viz.ui.networks.history_charts import charts
from resnet_viz.ui.networks.side_outputs import maps_of_default, two_backbones


def depth_counted() -> None:
    """How the depth of a network is counted, stage by stage."""
    depth_in_parts()


FIGURES: Mapping[str, Callable[[], None]] = MappingProxyType(
    {
        "depth-history": charts,
        "depth-counted": depth_counted,
        "outputs-boxes": two_backbones,
        "outputs-maps": maps_of_default,
    }
)
