"""What is left to say of a dissection when its tensors are gone: a few numbers of the block and of each of its steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from resnet_viz.analysis.dissection import Dissection, Norms, norms
from resnet_viz.analysis.layer_statistics import LayerStatistics, measured
from resnet_viz.records import BlockRecord, Blueprint


@dataclass(frozen=True, slots=True)
class BlockSummary:
    """A block on one image, in numbers."""

    block: BlockRecord
    norms: Norms | None
    """F(x) beside the shortcut; None where there is none."""
    error: float
    """Largest difference between relu(F(x) + shortcut) and the output that the pass had."""
    steps: Mapping[str, LayerStatistics]
    """The block's source and all of its operations, in order."""
    largest: float
    """Largest value of the output."""
    strongest: int
    """Channel of F(x) with the value farthest from zero."""

    @property
    def output(self) -> LayerStatistics:
        """What leaves the block."""
        return self.steps[self.block.output]

    @property
    def fewest_channels(self) -> int:
        """Channels of the narrowest step."""
        return min(step.channels for step in self.steps.values())


def summary(plan: Blueprint, found: Dissection) -> BlockSummary:
    """The numbers of a dissection."""
    return BlockSummary(
        found.block,
        norms=None if found.shortcut is None else norms(found.branch, found.shortcut),
        error=found.error,
        steps=MappingProxyType(
            {place: measured(place, plan.layer(place).kind, value) for place, value in found.values.items()}
        ),
        largest=float(found.values[found.block.output].max()),
        strongest=int(found.branch[0].abs().flatten(1).amax(1).argmax()),
    )
