"""What the recipe trains: a network of the catalogue, or its plain twin with the same starting values."""

from __future__ import annotations

import torch
from torch import nn

from resnet_viz.networks.catalog import build as build_network
from resnet_viz.training.data import TrainingError

ARCHS = tuple(f"{kind}{depth}" for depth in (18, 34, 50) for kind in ("residual", "plain"))
"""Names of the recipe: `residual50` is the catalogue's `resnet50`, `plain50` is `plain50`."""


def network_of(arch: str) -> str:
    """The catalogue's name of an architecture of the recipe. Raises TrainingError `training_arch`."""
    if arch not in ARCHS:
        raise TrainingError("training_arch", arch=arch, known=tuple(ARCHS))
    return arch.replace("residual", "resnet")


def build(arch: str, seed: int = 0, classes: int = 10) -> nn.Module:
    """The network named `arch`, ready to be trained; twins share the starting values of all layers that both have.

    The plain twin draws nothing of its own: its values are those of the residual network, without the projections.
    """
    return build_network(network_of(arch), classes=classes, seed=seed).train()


def channels_last(model: nn.Module) -> nn.Module:
    """The model with its weights in the layout that convolutions on a CPU are fastest in."""
    return model.to(memory_format=torch.channels_last)
