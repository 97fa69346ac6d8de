"""How a network's depth adds up: the layers with weights, stage by stage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from resnet_viz.records import Blueprint, LayerRecord


@dataclass(frozen=True, slots=True)
class StageCount:
    """Blocks and weighted layers of a stage, or of what is behind the last."""

    stage: int | None
    """Its number; None for pooling and classifier."""
    blocks: int
    main_path: int
    """Convolutions outside of projection shortcuts."""
    projections: int
    linear: int


def stage_counts(plan: Blueprint) -> tuple[StageCount, ...]:
    """A count for each stage, then one for the head."""
    stages = [_count(plan, stage.number, len(stage.blocks), map(plan.layer, stage.layers)) for stage in plan.stages]
    return (*stages, _count(plan, None, 0, plan.head))


def _count(plan: Blueprint, stage: int | None, blocks: int, layers: Iterable[LayerRecord]) -> StageCount:
    projected = {place for block in plan.blocks for place in block.projection}
    found = list(layers)
    convolutions = [layer.name for layer in found if layer.kind == "conv"]
    projections = sum(name in projected for name in convolutions)
    linear = sum(layer.kind == "linear" for layer in found)
    return StageCount(stage, blocks, len(convolutions) - projections, projections, linear)
