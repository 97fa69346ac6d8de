"""What goes through a network, layer by layer: the signal forwards, the gradient backwards, and the units that are alive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor
from torch.nn import functional

from resnet_viz.analysis.gradients import both_ways
from resnet_viz.forward.program import Program
from resnet_viz.records import NETWORK, Blueprint

VANISHED = 1e-3
"""Below this share of itself a gradient is said to have vanished, above its inverse to have exploded."""

Verdict = Literal["vanishes", "healthy", "explodes"]

VIEWS = 4
"""Images that batch statistics are taken of: the picture and three copies of it."""


@dataclass(frozen=True, slots=True)
class LayerSignal:
    """One weighted layer, measured where its ReLU is done; the last one, without a ReLU, at the logits."""

    layer: int
    """Its number on the main path, from 1."""
    place: str
    stream: bool
    """Whether it lies on what runs from block to block; False inside of a block."""
    signal: float
    """L2 norm of its output for one image."""
    gradient: float
    """L2 norm of d (likeliest class's logit) / d (that output)."""
    alive: float | None
    """Share of its units, channels times cells, whose output is above zero; None at the logits."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One image's way through a network and back."""

    layers: tuple[LayerSignal, ...]

    @property
    def stream(self) -> tuple[LayerSignal, ...]:
        """The layers between blocks, the logits left out."""
        return tuple(layer for layer in self.layers if layer.stream and layer.place != NETWORK)

    @property
    def gradient_ratio(self) -> float:
        """Gradient at the first layer over that at the last block's output: 1 if nothing vanishes nor explodes."""
        return _ratio(self.stream[0].gradient, self.stream[-1].gradient)

    @property
    def verdict(self) -> Verdict:
        """What the gradient does on its way back to the first layer."""
        return verdict_of(self.gradient_ratio)

    @property
    def signal_ratio(self) -> float:
        """Signal at the last block's output over that at the first layer."""
        return _ratio(self.stream[-1].signal, self.stream[0].signal)

    @property
    def least_alive(self) -> LayerSignal:
        """The layer with the smallest share of units above zero."""
        return min((layer for layer in self.layers if layer.alive is not None), key=lambda layer: layer.alive or 0.0)


def verdict_of(ratio: float) -> Verdict:
    """What a gradient does whose norm changes by this factor on its way back; what is no number has vanished."""
    return "explodes" if ratio > 1 / VANISHED else "healthy" if ratio >= VANISHED else "vanishes"


def passage(program: Program, plan: Blueprint, images: Tensor) -> Passage:
    """Signal, gradient and share of living units for the first of `images` (N, C, H, W).

    The score is the logit of the class that the network finds likeliest for it: its gradient at the logits has norm 1
    in every network, so curves start from the same value there. The other images matter only to batch statistics.
    For networks in which each weighted layer of the main path but the last has one ReLU: ResNets and plain ones.
    """
    relus = [layer for layer in plan.layers if layer.kind == "relu"]
    outputs = {block.output for block in plan.blocks}
    found = both_ways(program, images, lambda logits: logits[0].max(), [*(relu.name for relu in relus), NETWORK])
    rows = [(relu.name, relu.block is None or relu.name in outputs) for relu in relus]
    return Passage(
        tuple(
            LayerSignal(
                layer=number,
                place=place,
                stream=stream,
                signal=_norm(found.values[place][0]),
                gradient=_norm(found.gradients[place][0]),
                alive=None if place == NETWORK else float((found.values[place][0] > 0).double().mean()),
            )
            for number, (place, stream) in enumerate([*rows, (NETWORK, True)], start=1)
        )
    )


def views(image: Tensor, size: int, count: int = VIEWS) -> Tensor:
    """An image (1, C, H, W) at `size` pixels and `count` - 1 copies of it, mirrored and cut out at the corners.

    Batch statistics of one image would take the last stage's 16 cells for the world. The copies are the same every time.
    """
    side = image.shape[-1] * 3 // 4
    far = image.shape[-1] - side
    corners = [(0, 0), (far, far), (0, far), (far, 0)]
    made = [image]
    for number in range(1, count):
        top, left = corners[number % len(corners)]
        cut = image[..., top : top + side, left : left + side]
        made.append(cut.flip(-1) if number % 2 else cut)
    return torch.cat([_resized(view, size) for view in made])


def as_csv(passages: Sequence[tuple[str, Passage]]) -> str:
    """All layers of named networks as CSV, every digit kept."""
    lines = ["network,layer,place,between_blocks,signal_l2,gradient_l2,alive_share"]
    for name, found in passages:
        for row in found.layers:
            alive = "" if row.alive is None else repr(row.alive)
            lines.append(f"{name},{row.layer},{row.place},{row.stream},{row.signal!r},{row.gradient!r},{alive}")
    return "\n".join(lines) + "\n"


def _resized(image: Tensor, size: int) -> Tensor:
    return functional.interpolate(image, (size, size), mode="bilinear", antialias=True, align_corners=False)


def _norm(tensor: Tensor) -> float:
    # In float64: the squares of what explodes without batch norm are beyond float32.
    return float(torch.linalg.vector_norm(tensor.double()))


def _ratio(one: float, other: float) -> float:
    return one / other if other else float("nan")
