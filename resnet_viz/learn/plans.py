"""The blueprints that lessons and questions tell of."""

from __future__ import annotations

from resnet_viz.blueprint import blueprint
from resnet_viz.records import Blueprint


def plan(network: str = "resnet50", size: int | None = None) -> Blueprint:
    """The blueprint of ResNet-50 unless another is named, at its usual input size. Raises NetworkError."""
    return blueprint(network, size)
