"""The way from the image to a place along which most is seen: where maps shrink and fields grow, for working them out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from resnet_viz.blueprint.options import along_width
from resnet_viz.records import INPUT, Blueprint, LayerRecord


@dataclass(frozen=True, slots=True)
class Window:
    """A convolution or a pool as a window that slides over a map."""

    place: str
    stage: int | None
    kernel: int
    stride: int
    padding: int
    up: bool
    """Whether the last window may hang over the edge: PyTorch's `ceil_mode`."""
    before: int
    """Side of the map that comes in, in cells."""
    after: int
    """Side of the map that comes out, in cells."""


@dataclass(frozen=True, slots=True)
class Run:
    """Equal windows one after another: each adds (kernel - 1) x step pixels to the field."""

    places: tuple[str, ...]
    kernel: int
    stride: int
    step: int
    """Pixels between neighbouring cells of what comes in."""

    @property
    def growth(self) -> int:
        """Pixels that all of them add."""
        return len(self.places) * (self.kernel - 1) * self.step

    @property
    def step_behind(self) -> int:
        """Pixels between neighbouring cells of what comes out."""
        return self.step * self.stride


def trail(plan: Blueprint, place: str) -> tuple[LayerRecord, ...]:
    """The operations from the first to `place`, where branches meet along the one whose field is the largest."""
    way: list[LayerRecord] = []
    while place != INPUT:
        layer = plan.layer(place)
        way.append(layer)
        place = max(layer.inputs, key=lambda name: 1 if name == INPUT else plan.layer(name).receptive_field)
    return tuple(reversed(way))


def window(layer: LayerRecord) -> Window | None:
    """The window of an operation; None where it has none, or one that follows the map's size."""
    kernel = layer.options.get("kernel_size")
    if kernel is None:
        return None
    return Window(
        place=layer.name,
        stage=layer.stage,
        kernel=along_width(kernel),
        stride=along_width(layer.options["stride"]),
        padding=along_width(layer.options["padding"]),
        up=bool(layer.options.get("ceil_mode")),
        before=layer.input_shapes[0][-1],
        after=layer.output_shape[-1],
    )


def windows(plan: Blueprint, place: str) -> tuple[Window, ...]:
    """All windows on the way to a place."""
    return tuple(found for layer in trail(plan, place) if (found := window(layer)) is not None)


def runs(plan: Blueprint, place: str) -> tuple[Run, ...]:
    """The windows on the way to a place that a field depends on, equal ones of a stage put together."""
    return tuple(_runs(plan, place))


def from_to(places: Sequence[str]) -> str:
    """The first and the last of several places: `layer1.0.conv2 … layer1.2.conv2`."""
    return places[0] if len(places) == 1 else f"{places[0]} … {places[-1]}"


def _runs(plan: Blueprint, place: str) -> Iterator[Run]:
    step = 1
    matters = [found for found in windows(plan, place) if found.kernel > 1 or found.stride > 1]
    for (kernel, stride, _), group in groupby(matters, key=lambda found: (found.kernel, found.stride, found.stage)):
        run = Run(tuple(found.place for found in group), kernel, stride, step)
        if stride > 1 and len(run.places) > 1:
            raise ValueError(f"windows of one stage that all have a stride: {run.places}")
        yield run
        step = run.step_behind
