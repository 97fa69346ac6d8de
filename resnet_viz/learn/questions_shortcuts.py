"""Right answers for the lessons on degradation, gradients, the residual unit and what it brought."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import torch
from torchvision.models.resnet import Bottleneck

from resnet_viz.analysis.chain import sigmoid_slope
from resnet_viz.analysis.deeper_copy import deeper_copy
from resnet_viz.learn.numbers_shortcuts import CELL, SHIFT, gain_of_depth, gain_of_recipe, pair
from resnet_viz.learn.question import Question
from resnet_viz.networks.seeding import seeded

SHALLOW, DEEP = "plain18", "plain34"


def silent_branch() -> int:
    """What a bottleneck makes of `CELL` when its last batch norm gives `SHIFT`: index of shift, sum, 0, or `CELL`.

    Raises ValueError where it is none of them.
    """
    with seeded(0), torch.inference_mode():
        block = Bottleneck(64, 16).eval()
        torch.nn.init.zeros_(block.bn3.weight)
        torch.nn.init.constant_(block.bn3.bias, SHIFT)
        answer = block(torch.full((1, 64, 7, 7), float(CELL)))
    return [bool((answer == value).all()) for value in (SHIFT, CELL + SHIFT, 0, CELL)].index(True)


@cache
def reason() -> int:
    """Why a deeper plain network can be worse on training images: 0 if it could not do as well, 1 if it could.

    That it could is shown by a copy of a shallow network inside of it, run on noise of no more than 32 pixels a side.
    """
    image = torch.randn(1, 3, 32, 32, generator=torch.Generator().manual_seed(0))
    found = deeper_copy(SHALLOW, DEEP, image)
    return int(found.error <= 1e-5 * found.largest)


def greater_gain() -> int:
    """Which brought more accuracy on ImageNet: 0 for more layers, 1 for a better recipe."""
    return int(gain_of_recipe() > gain_of_depth())


QUESTIONS: Mapping[str, Question] = MappingProxyType(
    {
        "degradation-reason": Question("choice", reason),
        "gradients-weight": Question("number", lambda: round(pair() / sigmoid_slope(0.0)), tolerance=1e-3),
        "unit-silent": Question("choice", silent_branch),
        "effect-gain": Question("choice", greater_gain),
    }
)
