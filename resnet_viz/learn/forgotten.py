"""What happens to who forgets the projection: the block that changes the shape, with its input as the shortcut."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from functools import cache
from typing import Literal

import torch

from resnet_viz.analysis.block_code import SOURCE_NAME, block_source, build
from resnet_viz.analysis.block_numbers import numbers_of
from resnet_viz.learn.plans import plan
from resnet_viz.networks.seeding import seeded

Outcome = Literal["same", "other_shape", "addition", "convolution"]
OUTCOMES: tuple[Outcome, ...] = ("same", "other_shape", "addition", "convolution")
"""What may happen, in the order of the question's choices."""

PLACE = "layer2.0"
"""The block in question."""
_RIGHT, _WRONG = "shortcut = self.downsample(x)", "shortcut = x"


@dataclass(frozen=True, slots=True)
class Run:
    """What came of it."""

    outcome: Outcome
    message: str
    """PyTorch's own words; empty where it ran."""


@cache
def without_projection() -> Run:
    """Build the block with the mistake in it, and run it on one random input."""
    numbers = numbers_of(plan().block(PLACE))
    source = block_source(numbers).replace(_RIGHT, _WRONG)
    with seeded(0), torch.inference_mode():
        x = torch.rand(1, *numbers.input_shape)
        right = build(block_source(numbers), numbers.label).eval()
        wrong = build(source, numbers.label).eval()
        wrong.load_state_dict(right.state_dict())
        try:
            out = wrong(x)
        except RuntimeError as error:
            return Run("addition" if "+" in _line(error, source) else "convolution", str(error))
        same = out.shape == (1, *numbers.output_shape) and torch.equal(out, right(x))
    return Run("same" if same else "other_shape", "")


def _line(error: RuntimeError, source: str) -> str:
    """The line of the block at which it stopped."""
    frames = traceback.extract_tb(error.__traceback__)
    number = next(frame.lineno for frame in reversed(frames) if frame.filename == SOURCE_NAME)
    return source.splitlines()[(number or 1) - 1]
