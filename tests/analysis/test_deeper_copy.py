"""A deeper plain network that does what a shallower one does, held against the depths of the two."""

from __future__ import annotations

import torch

from resnet_viz.analysis.deeper_copy import deeper_copy
from resnet_viz.networks.residual import STAGE_BLOCKS


def test_the_deeper_network_answers_like_the_shallow_one() -> None:
    image = torch.randn(1, 3, 64, 64, generator=torch.Generator().manual_seed(3))
    found = deeper_copy("plain18", "plain34", image)
    assert found.copied == STAGE_BLOCKS[18]
    assert tuple(map(sum, zip(found.copied, found.added, strict=True))) == STAGE_BLOCKS[34]
    assert found.layers == 34 - 18
    assert found.logits == 1000
    assert found.error == 0.0
    assert found.largest > 0
