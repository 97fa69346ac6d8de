"""Weights as int8 and back: symmetric, one scale for each output channel, batch norm and biases left in float32.

    scale[o] = max |W[o, ...]| / 127        q = round(W / scale)        W ~ q * scale

A weight is off by at most half a scale. Symmetric means no zero point: a zero stays a zero.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

SCALE = ".scale"
"""What a scale's name adds to the name of its weight: `conv1.weight.scale`, float32 (output channels,)."""

LEVELS = 127
"""Largest int8 used: -128 stays free, so that the range is the same on both sides."""


def quantize(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """A state dict with its convolutions and linear layers as int8 and their scales beside them.

    What has fewer than two dimensions (batch norm, biases) stays float32; counters keep their type.
    """
    stored: dict[str, Tensor] = {}
    for name, value in state.items():
        if value.ndim >= 2 and value.is_floating_point():
            stored[name], stored[name + SCALE] = _quantize_one(value.float())
        else:
            stored[name] = (value.float() if value.is_floating_point() else value).contiguous()
    return stored


def dequantize(stored: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The state dict that `quantize` was given, in float32, each weight within half its scale.

    Raises ValueError for an int8 weight whose scale is missing, is not float32 or does not fit.
    """
    return {
        name: _dequantize_one(name, value, stored.get(name + SCALE)) if value.dtype == torch.int8 else value
        for name, value in stored.items()
        if not name.endswith(SCALE)
    }


def _quantize_one(weight: Tensor) -> tuple[Tensor, Tensor]:
    flat = weight.flatten(1)
    # A channel of zeros has no range of its own: any scale gives it back.
    largest = flat.abs().amax(1)
    scale = torch.where(largest > 0, largest / LEVELS, torch.ones_like(largest))
    codes = (flat / scale[:, None]).round().clamp(-LEVELS, LEVELS).to(torch.int8)
    return codes.view(weight.shape).contiguous(), scale


def _dequantize_one(name: str, codes: Tensor, scale: Tensor | None) -> Tensor:
    if scale is None or scale.dtype != torch.float32 or scale.shape != codes.shape[:1]:
        raise ValueError(f"{name}: no float32 scale of shape {tuple(codes.shape[:1])}")
    return codes.float().mul_(scale.view(-1, *(1,) * (codes.ndim - 1)))
