"""What each layer puts out on one image: mean, spread, and how much of it ReLU sets to zero."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor

from resnet_viz.forward.program import Program
from resnet_viz.forward.walk import GoOn, each_output, to_the_end
from resnet_viz.records import Activations, Blueprint, LayerRecord


@dataclass(frozen=True, slots=True)
class LayerStatistics:
    """One operation's output on one image, all channels and cells together."""

    place: str
    kind: str
    units: int
    """Numbers in it: channels times cells."""
    channels: int
    mean: float
    std: float
    """Standard deviation over all units; they are no sample, so the divisor is their number."""
    zeros: float | None
    """Share of units that are exactly zero; None where it is no ReLU."""
    dead: int | None
    """Channels that are zero in every cell; another image may wake them. None where it is no ReLU."""


def statistics(
    program: Program, plan: Blueprint, activations: Activations, go_on: GoOn = to_the_end
) -> tuple[LayerStatistics, ...] | None:
    """Every operation of a pass, in order; None where it was not to go on."""
    kinds = {layer.name: layer.kind for layer in plan.layers}
    found = each_output(program, activations, lambda place, output: measured(place, kinds[place], output), go_on)
    return None if found is None else tuple(found.values())


def measured(place: str, kind: str, output: Tensor) -> LayerStatistics:
    """The statistics of one output, (1, C, H, W) or (1, N)."""
    values = output[0].double()
    channels = values.flatten(1) if values.ndim > 1 else values[:, None]
    relu = kind == "relu"
    return LayerStatistics(
        place,
        kind,
        units=values.numel(),
        channels=len(channels),
        mean=float(values.mean()),
        std=float(values.std(correction=0)),
        zeros=float((values == 0).double().mean()) if relu else None,
        dead=int((channels == 0).all(1).sum()) if relu else None,
    )


def three_by_three(plan: Blueprint) -> tuple[str, ...]:
    """Where the responses of the 3x3 convolutions are, in order: behind batch norm, before ReLU or addition.

    As in figure 7 of He et al. 2015, arXiv 1512.03385. Without batch norm it is the convolution itself.
    """
    after = {layer.inputs[0]: layer.name for layer in plan.layers if layer.kind == "batchnorm"}
    return tuple(after.get(layer.name, layer.name) for layer in plan.layers if _is_three_by_three(layer))


def as_csv(rows: tuple[LayerStatistics, ...]) -> str:
    """A line for each operation, every digit kept; what is not there is empty."""
    lines = ["place,kind,units,channels,mean,std,zero_share,dead_channels"]
    for row in rows:
        zeros, dead = ("" if value is None else repr(value) for value in (row.zeros, row.dead))
        lines.append(f"{row.place},{row.kind},{row.units},{row.channels},{row.mean!r},{row.std!r},{zeros},{dead}")
    return "\n".join(lines) + "\n"


def _is_three_by_three(layer: LayerRecord) -> bool:
    return layer.kind == "conv" and layer.options.get("kernel_size") in (3, (3, 3))
