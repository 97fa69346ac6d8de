"""Live figures for the lessons on degradation, gradients, the residual unit, and what it brought."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from resnet_viz.ui.compare.chain import chain
from resnet_viz.ui.compare.image import both_answers
from resnet_viz.ui.compare.stack import any_depth
from resnet_viz.ui.learn.degradation import copied, own_curves, published_errors, small_lab
from resnet_viz.ui.learn.message import message
from resnet_viz.ui.learn.one_block import one_block


def effect_pair() -> None:
    """The reader's picture through ResNet-50 and through the same network without shortcuts."""
    both_answers()


FIGURES: Mapping[str, Callable[[], None]] = MappingProxyType(
    {
        "degradation-published": partial(published_errors, "he_imagenet", "li_cifar"),
        "degradation-lab": small_lab,
        "degradation-copy": copied,
        "degradation-curves": own_curves,
        "gradients-chain": chain,
        "gradients-stack": partial(any_depth, "plain"),
        "unit-message": message,
        "unit-block": one_block,
        "effect-published": partial(published_errors, "he_imagenet", "he_cifar"),
        "effect-pair": effect_pair,
    }
)
