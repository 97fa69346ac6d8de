"""The networks of the history, counted at the input size of each."""

from __future__ import annotations

from resnet_viz.analysis.family import FAMILY, Member, member
from resnet_viz.networks.catalog import spec
from resnet_viz.ui.cache import blueprint


def members() -> list[Member]:
    """All of them, in the order of the history."""
    return [member(origin, blueprint(origin.network, spec(origin.network).default_size)) for origin in FAMILY]
