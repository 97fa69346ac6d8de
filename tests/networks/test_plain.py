"""Plain twins: the same layers, nothing added."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from resnet_viz.networks.catalog import NETWORKS, build, spec

PLAIN = [name for name, network in NETWORKS.items() if network.family == "plain"]


@pytest.mark.parametrize("name", PLAIN)
def test_a_twin_lacks_the_projections_and_nothing_else(name: str) -> None:
    plain = {key: value.shape for key, value in build(name, device="meta").state_dict().items()}
    twin = {key: value.shape for key, value in build(str(spec(name).twin), device="meta").state_dict().items()}
    assert plain == {key: shape for key, shape in twin.items() if ".downsample." not in key}


@pytest.mark.parametrize("name", ["plain18", "plain50", "plain50-v1"])
def test_it_is_the_residual_network_with_shortcuts_that_carry_nothing(name: str) -> None:
    """A projection whose batch norm gives zero adds nothing; an identity must be cut: zero what it brings."""
    plain, residual = build(name, classes=3), build(str(spec(name).twin), classes=3)
    for stage in range(1, 5):
        ours, theirs = (model.get_submodule(f"layer{stage}.0") for model in (plain, residual))
        norm = theirs.get_submodule("downsample.1") if hasattr(theirs, "downsample") and theirs.downsample else None
        if norm is None:
            continue  # stage 1 of basic blocks has an identity
        nn.init.zeros_(norm.weight)  # type: ignore[arg-type]
        x = torch.randn(1, ours.conv1.in_channels, 8, 8)  # type: ignore[union-attr]
        assert torch.equal(ours(x), theirs(x))
