"""The networks of the history, counted at the input size of each."""

from __future__ import annotations

from resnet_viz.analysis.family import FAMILY, Member, member
from resnet_viz.blueprint import blueprint
from resnet_viz.networks.catalog import spec


def members() -> list[Member]:
    """All of them, in the order of the history."""
    return [member(origin, blueprint(origin.network, spec(origin.network).default_size)) for origin in FAMILY]
