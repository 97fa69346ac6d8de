"""A network as a backbone: its last map at each resolution, and which of them detection and segmentation heads take."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from types import MappingProxyType
from typing import Literal

from resnet_viz.analysis.rows import shape_text
from resnet_viz.blueprint.depth import WEIGHTED
from resnet_viz.networks.catalog import NETWORKS, Family
from resnet_viz.records import Blueprint, LayerRecord, Shape

BACKBONES = tuple(name for name, network in NETWORKS.items() if network.min_size < network.max_size)
"""Networks that take pictures of any size: all but LeNet-5."""


@dataclass(frozen=True, slots=True)
class SideOutput:
    """The last map of a network at one resolution."""

    place: str
    """The operation whose output it is."""
    module: str
    """The shortest name for it in PyTorch: `layer1`, `features.15`, `inception3b`."""
    step: int
    """Its stride: distance in input pixels between neighbouring cells."""
    shape: Shape
    receptive_field: int
    nbytes: int
    """Memory in float32."""

    @property
    def level(self) -> str:
        """C and the power of two of its stride, as in Feature Pyramid Networks: C3 for a stride of 8."""
        return f"C{int(math.log2(self.step))}"


def side_outputs(plan: Blueprint) -> tuple[SideOutput, ...]:
    """The last output at each stride before the classifier, from fine to coarse.

    Outputs inside of a block do not count, for there its shortcut still goes another way. A stride at which nothing is
    convolved, behind VGG's last pool, is no resolution of its own.
    """
    ends = {block.output for block in plan.blocks}
    body = [layer for layer in plan.layers if layer.stage is not None]
    last = {layer.step: layer for layer in body if layer.block is None or layer.name in ends}
    convolved = {layer.step for layer in body if layer.kind in WEIGHTED}
    return tuple(
        SideOutput(
            layer.name,
            _module(body, layer.name),
            step,
            layer.output_shape,
            layer.receptive_field,
            layer.activation_bytes,
        )
        for step, layer in sorted(last.items())
        if step in convolved
    )


def _module(body: Sequence[LayerRecord], place: str) -> str:
    """The shortest part of a place's name whose last operation it is."""
    parts = place.split(".")
    names = (".".join(parts[:length]) for length in range(1, len(parts) + 1))
    return next(name for name in names if [x.name for x in body if f"{x.name}.".startswith(f"{name}.")][-1] == place)


@dataclass(frozen=True, slots=True)
class Head:
    """A kind of detector or segmenter, and the levels that it takes of a backbone."""

    id: Literal["fpn", "retinanet", "faster_rcnn", "ssd", "deeplab"]
    title: str
    ref: str
    """The paper's id among the references."""
    levels: Mapping[Family, tuple[str, ...]]


HEADS = (
    Head("faster_rcnn", "Faster R-CNN", "ren2015", MappingProxyType({"vgg": ("C4",), "resnet": ("C4",)})),
    Head("ssd", "SSD300", "liu2016", MappingProxyType({"vgg": ("C3",)})),
    Head("fpn", "FPN, Mask R-CNN", "lin2017", MappingProxyType({"resnet": ("C2", "C3", "C4", "C5")})),
    Head("deeplab", "DeepLabv3", "chen2017", MappingProxyType({"resnet": ("C5",)})),
    Head("retinanet", "RetinaNet", "lin2017-focal", MappingProxyType({"resnet": ("C3", "C4", "C5")})),
)
"""By year. Where torchvision has the model too, its backbone hands out the same levels; a test holds them against it."""


def as_csv(plans: Sequence[Blueprint]) -> str:
    """A header and a line for each side output of each network."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(("network", "input_size", "level", "stride", "module", "shape", "receptive_field", "bytes_float32"))
    for plan in plans:
        for out in side_outputs(plan):
            row = (out.level, out.step, out.module, shape_text(out.shape), out.receptive_field, out.nbytes)
            writer.writerow((plan.network, plan.size, *row))
    return file.getvalue()
