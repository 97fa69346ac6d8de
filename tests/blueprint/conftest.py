"""Blueprints that many tests read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from resnet_viz.blueprint import blueprint
from resnet_viz.records import Blueprint


@pytest.fixture(scope="session")
def plan_of() -> Callable[..., Blueprint]:
    """`blueprint`, which keeps what it has read: a network's name, and a size in pixels unless it is its own."""
    return blueprint
