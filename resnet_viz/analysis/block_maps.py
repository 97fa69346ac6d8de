"""What speaks for a class in the two ways of a residual block: in F(x), in the shortcut, and in their sum.

The sum's gradient is that of both its parts. Where a map is linear in the activations, the maps of F(x) and of the
shortcut add up to the map of the sum, cell by cell, as long as nothing is cut off.
"""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor

from resnet_viz.analysis.backward import logit_gradients
from resnet_viz.analysis.class_maps import Method, as_heatmap, eigen_cam, evidence
from resnet_viz.analysis.dissection import dissect, shortcut_place
from resnet_viz.forward.program import Program
from resnet_viz.records import Activations, Blueprint, Heatmap

ADDITIVE: tuple[Method, ...] = ("grad-cam", "hires-cam", "layer-cam")
"""Methods whose map is linear in the activations once the gradient is given."""


@dataclass(frozen=True, slots=True)
class BlockMaps:
    """Maps (H, W) of a block's parts, with what speaks against the class below zero."""

    block: str
    branch: Heatmap
    """Of F(x)."""
    shortcut: Heatmap | None
    """Of what is added to it; None in a plain block."""
    sum: Heatmap
    """Of F(x) + shortcut, before the block's last ReLU."""

    @property
    def error(self) -> float:
        """Largest difference between the map of the sum and the sum of the two maps, as a share of the largest value."""
        if self.shortcut is None:
            return 0.0
        largest = max(abs(self.sum.low), abs(self.sum.high))
        off = float(abs(self.branch.values + self.shortcut.values - self.sum.values).max())
        return off / largest if largest else off


def block_maps(
    program: Program, plan: Blueprint, activations: Activations, block: str, *, class_index: int, method: Method
) -> BlockMaps:
    """The maps of a class in a block. Raises NetworkError `unknown_place`, ValueError for a block without a branch."""
    found = dissect(program, plan, activations, block)
    total = found.values[found.sum]
    gradient = (
        None
        if method == "eigen-cam"
        else logit_gradients(program, activations, class_index, found.sum, total)[found.sum]
    )

    def shown(place: str, output: Tensor) -> Heatmap:
        cells = eigen_cam(output) if gradient is None else evidence(method, output, gradient)
        return as_heatmap(place, method if gradient is None else f"{method} {class_index}", cells, signed=True)

    shortcut = shortcut_place(found.block)
    return BlockMaps(
        block,
        shown(found.block.branch[-1], found.branch),
        None if shortcut is None else shown(shortcut, found.values[shortcut]),
        shown(found.sum, total),
    )
