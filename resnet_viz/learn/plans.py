"""Blueprints for what lessons say and ask: read from the live model once, then kept."""

from __future__ import annotations

from functools import lru_cache

from resnet_viz.blueprint import blueprint
from resnet_viz.networks.catalog import spec
from resnet_viz.records import Blueprint


def plan(network: str = "resnet50", size: int | None = None) -> Blueprint:
    """The blueprint of a network, at its usual input size unless another is named. Raises NetworkError."""
    return _read(network, size or spec(network).default_size)


@lru_cache(maxsize=64)
def _read(network: str, size: int) -> Blueprint:
    return blueprint(network, size)
