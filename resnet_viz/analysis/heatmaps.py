"""From a place's output to one map of it: channels reduced to one, and values to 256 levels of a colour scale."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
import torch

from resnet_viz.records import INPUT, Blueprint, Heatmap

Reduction = Literal["mean", "max", "norm", "channel"]
REDUCTIONS: tuple[Reduction, ...] = get_args(Reduction)

Levels = npt.NDArray[np.uint8]


def heatmap_of(place: str, reduction: str, values: npt.NDArray[np.floating], *, signed: bool) -> Heatmap:
    """Values (H, W) as a map whose ends are the least and the largest finite one of them."""
    return Heatmap(place, reduction, values, *_range(values), signed)


def difference(one: Heatmap, other: Heatmap) -> Heatmap:
    """One map minus another of the same place and shape."""
    return heatmap_of(one.place, "difference", one.values - other.values, signed=True)


def is_vector(tensor: torch.Tensor) -> bool:
    """Whether an output has no height and width: (1, N) or (1, C, 1, 1)."""
    return tensor.ndim == 2 or tensor.shape[-2:] == (1, 1)


def with_cells(plan: Blueprint, place: str) -> str:
    """The place itself; where its output has no height and width, the last stage whose output has them, else the input.

    Of a small picture the last stages may be one cell.
    """
    shape = plan.input_shape if place == INPUT else plan.by_place[place].output_shape
    wanted = ((place, shape), *((stage.name, stage.output_shape) for stage in reversed(plan.stages)))
    return next((name for name, shape in wanted if len(shape) == 3 and shape[1:] != (1, 1)), INPUT)


@torch.inference_mode()
def reduce(tensor: torch.Tensor, place: str, how: Reduction, channel: int = 0) -> Heatmap:
    """One map (H, W) of an output (1, C, H, W) or (C, H, W): the channels' mean, maximum or L2 norm, or one channel.

    A vector, (1, N) or (N,), has no map to reduce: its N values come as (1, N), for `channel` the one value as (1, 1).
    A map is signed where the place has values below zero, in whichever channel, so that all its maps share one kind of
    colours; a norm never is. Raises IndexError for a channel that is not there.
    """
    values = _single(tensor)
    flat = values.ndim == 1
    match how:
        case "channel":
            picked = values[channel]
        case _ if flat:
            picked = values
        case "mean":
            picked = values.mean(0)
        case "max":
            picked = values.amax(0)
        case "norm":
            picked = torch.linalg.vector_norm(values, dim=0)
    cells = np.atleast_2d(picked.detach().numpy().copy())  # a view of one channel would keep all of them alive
    name = f"channel {channel}" if how == "channel" else how
    signed = bool((values < 0).any()) if how != "norm" or flat else False
    return heatmap_of(place, name, cells, signed=signed)


def limits(maps: Iterable[Heatmap]) -> tuple[float, float]:
    """The ends of one colour scale for all these maps: of one map, or of the whole network's.

    Smallest and largest value; where a map is signed, equally far to both sides of zero, the middle colour.
    """
    maps = list(maps)
    return _ends(min(m.low for m in maps), max(m.high for m in maps), any(m.signed for m in maps))


def layer_limits(tensor: torch.Tensor) -> tuple[float, float]:
    """The ends of one colour scale for all channels of a place, so that their maps can be compared."""
    low, high = _range(_single(tensor).numpy())
    return _ends(low, high, low < 0)


def to_uint8(heatmap: Heatmap, low: float, high: float) -> Levels:
    """Levels (H, W) from 0 at `low` to 255 at `high`, rounded; values beyond an end take the end's.

    A scale without extent shows the lowest colour, or the middle of diverging ones; what is no number shows the lowest.
    """
    if not high > low:
        return np.full(heatmap.values.shape, 128 if heatmap.signed else 0, np.uint8)
    # In float64: high - low of the largest float32 values is beyond float32.
    scaled = (heatmap.values.astype(np.float64) - low) * (255 / (high - low)) + 0.5
    return np.nan_to_num(scaled, nan=0.0, posinf=255, neginf=0).clip(0, 255).astype(np.uint8)


def _single(tensor: torch.Tensor) -> torch.Tensor:
    """The one image of a batch: (C, H, W) or (N,)."""
    return tensor[0] if tensor.ndim in (2, 4) else tensor


def _range(values: npt.NDArray[np.floating]) -> tuple[float, float]:
    """Smallest and largest finite value, zeros where none is."""
    low, high = float(values.min()), float(values.max())
    if np.isfinite(low) and np.isfinite(high):
        return low, high
    finite = values[np.isfinite(values)]
    return (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)


def _ends(low: float, high: float, signed: bool) -> tuple[float, float]:
    far = max(abs(low), abs(high))
    return (-far, far) if signed else (low, high)
