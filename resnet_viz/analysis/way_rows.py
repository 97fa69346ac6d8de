"""The places that show a picture's way through a network at a glance: its blocks, and what stands outside of blocks."""

from __future__ import annotations

from resnet_viz.records import Activations, Blueprint

Row = tuple[int | None, tuple[str, ...]]
"""The number of a stage, None for the classifier, and its places on show."""


def rows_on_show(plan: Blueprint, kept: Activations) -> tuple[Row, ...]:
    """All blocks; outside of them what the pass kept, and in the stem its ReLU; the vectors of the classifier."""
    order = {layer.name: n for n, layer in enumerate(plan.layers)}
    order |= {block.name: order[block.output] for block in plan.blocks}
    rows: list[Row] = []
    for stage in plan.stages:
        outside = [plan.layer(name) for name in stage.layers if plan.layer(name).block is None]
        stem = stage.number == 0
        loose = [layer.name for layer in outside if layer.name in kept.kept or (stem and layer.kind == "relu")]
        rows.append((stage.number, tuple(sorted({*loose, *stage.blocks}, key=order.__getitem__))))
    head = tuple(layer.name for layer in plan.head if layer.kind in ("avgpool", "linear"))
    return (*rows, (None, head))
