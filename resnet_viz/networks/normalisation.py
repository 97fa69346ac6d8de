"""The same network with its batch norm as it would train, or without any: for looking at it before training."""

from __future__ import annotations

from typing import Literal, get_args

from torch import nn

Normalisation = Literal["batch", "none"]
NORMALISATIONS: tuple[Normalisation, ...] = get_args(Normalisation)
"""`batch` takes mean and variance of the batch at hand, as in training; `none` takes batch norm out."""


def normalised(model: nn.Module, how: Normalisation) -> nn.Module:
    """Give a module's batch norm the statistics of each batch, or take it out. The module itself is changed: own it.

    The running statistics of an untrained network are mean 0 and variance 1, so its batch norm in evaluation mode
    normalises nothing. Without running statistics PyTorch takes the batch's in evaluation mode too.
    """
    for path, module in list(model.named_modules()):
        if isinstance(module, nn.BatchNorm2d):
            if how == "none":
                model.set_submodule(path, nn.Identity())
            else:
                module.running_mean = module.running_var = module.num_batches_tracked = None
                module.track_running_stats = False
    return model.eval()
