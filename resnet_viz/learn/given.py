"""What a question says beside its words: code and short forms, the same in every language."""

from __future__ import annotations

from itertools import groupby

from resnet_viz.blueprint.options import strided
from resnet_viz.learn.exercise import Quantity
from resnet_viz.learn.trail import from_to, runs
from resnet_viz.records import BlockRecord, Blueprint, LayerRecord, StageRecord


def given(plan: Blueprint, record: LayerRecord | BlockRecord | StageRecord, quantity: Quantity) -> tuple[str, ...]:
    """The lines that say what has to be known. None for the shape behind a stage: that needs the network's rules."""
    if quantity == "field":
        return _windows(plan, record.output if isinstance(record, StageRecord) else record.name)
    if isinstance(record, LayerRecord):
        return (record.code,)
    if isinstance(record, BlockRecord):
        return (_short_form(record), *_strides(plan, record))
    return _parts(plan, record) if quantity == "params" else ()


def _short_form(block: BlockRecord) -> str:
    """`BTNK1(C=256, W=56, C1=128, S=2)`, `BTNK2(C=512, W=28)`."""
    numbers = f"C={block.c}, W={block.w}"
    return f"{block.label}({numbers})" if block.shortcut == "identity" else _with_all(block, numbers)


def _with_all(block: BlockRecord, numbers: str) -> str:
    return f"{block.label}({numbers}, C1={block.c1}, S={block.s})"


def _strides(plan: Blueprint, block: BlockRecord) -> tuple[str, ...]:
    """Which convolutions carry the stride: that is where v1 and v1.5 differ."""
    if block.s == 1:
        return ()
    names = (f"{name}.stride" for name in strided(plan, block))
    return (f"{' = '.join(names)} = {block.s}",)


def _parts(plan: Blueprint, stage: StageRecord) -> tuple[str, ...]:
    """Equal blocks of a stage together; without blocks, its convolutions."""
    if not stage.blocks:
        layers = (plan.layer(name) for name in stage.layers)
        return tuple(f"{layer.name}: {layer.code}" for layer in layers if layer.params)
    blocks = (plan.block(name) for name in stage.blocks)
    groups = [list(group) for _, group in groupby(blocks, key=_short_form)]
    return tuple(f"{from_to([block.name for block in group])}: {_short_form(group[0])}" for group in groups)


def _windows(plan: Blueprint, place: str) -> tuple[str, ...]:
    """Kernels and strides on the way, equal ones of a stage on one line: `conv1: 7x7, stride 2`."""
    return tuple(
        f"{from_to(run.places)}: "
        + (f"{len(run.places)} x " if len(run.places) > 1 else "")
        + f"{run.kernel}x{run.kernel}"
        + (f", stride {run.stride}" if run.stride > 1 else "")
        for run in runs(plan, place)
    )
