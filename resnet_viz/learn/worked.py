"""How an answer is worked out, step by step, with the numbers of the live network: shapes, parameters, MACs, fields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from resnet_viz.learn import formulas
from resnet_viz.learn.exercise import Quantity, Step
from resnet_viz.learn.trail import Run, Window, from_to, runs, trail, window, windows
from resnet_viz.learn.worked_costs import (
    convolution,
    macs_of_block,
    macs_of_operation,
    params_of_block,
    params_of_operation,
    params_of_stage,
)
from resnet_viz.records import BlockRecord, Blueprint, LayerRecord, StageRecord


def solution(plan: Blueprint, record: LayerRecord | BlockRecord | StageRecord, quantity: Quantity) -> tuple[Step, ...]:
    """How a quantity of an operation, a block or a stage is worked out. Raises ValueError for what is not asked."""
    return tuple(_steps(plan, record, quantity))


def shape_of_operation(layer: LayerRecord) -> Iterator[Step]:
    """The side of what a convolution or a pool gives, then its channels."""
    slides = window(layer)
    if slides is not None:
        yield _side(slides)
    channels = layer.output_shape[0]
    yield Step("channels_kernels" if layer.kind == "conv" else "channels_kept", "", {"channels": channels})
    yield Step("shape", formulas.maps(layer.input_shapes[0], layer.output_shape))


def shape_of_block(plan: Blueprint, block: BlockRecord) -> Iterator[Step]:
    """Each convolution of a residual block, then what the shortcut does, then the sum."""
    for layer in _convolutions(plan, block.branch):
        yield convolution("convolution", layer, formulas.maps(layer.input_shapes[0], layer.output_shape))
    for layer in _convolutions(plan, block.projection):
        yield convolution("projection", layer, formulas.maps(layer.input_shapes[0], layer.output_shape))
    if block.shortcut == "identity":
        yield Step("identity", formulas.maps(block.input_shape, block.output_shape))
    yield Step("added", formulas.sides(block.output_shape))


def shape_of_stage(plan: Blueprint, stage: StageRecord) -> Iterator[Step]:
    """Every window between the image and the stage's end that changes the side, then the last channels."""
    yield Step("image", formulas.sides(plan.input_shape))
    yield from (_side(found, named=True) for found in windows(plan, stage.output) if found.before != found.after)
    last = _last_channels(plan, stage)
    yield last
    yield Step("shape", formulas.sides(stage.output_shape))


def field_of(plan: Blueprint, place: str) -> Iterator[Step]:
    """One pixel, and what each run of equal windows adds to it."""
    yield Step("one_pixel", formulas.number(1))
    field = 1
    for run in runs(plan, place):
        values = {"places": from_to(run.places), "kernel": run.kernel, "step": run.step_behind}
        left = formulas.number(field) + " + " + _growth(run)
        field += run.growth
        yield Step("windows_step" if run.stride > 1 else "windows", formulas.equals(left, field), values)


def _steps(plan: Blueprint, record: LayerRecord | BlockRecord | StageRecord, quantity: Quantity) -> Iterator[Step]:
    match quantity, record:
        case "shape", LayerRecord():
            yield from shape_of_operation(record)
        case "shape", BlockRecord():
            yield from shape_of_block(plan, record)
        case "shape", StageRecord():
            yield from shape_of_stage(plan, record)
        case "params", LayerRecord():
            yield from params_of_operation(record)
        case "params", BlockRecord():
            yield from params_of_block(plan, record)
        case "params", StageRecord():
            yield from params_of_stage(plan, record)
        case "macs", LayerRecord():
            yield from macs_of_operation(record)
        case "macs", BlockRecord():
            yield from macs_of_block(plan, record)
        case "field", LayerRecord():
            yield from field_of(plan, record.name)
        case "field", StageRecord():
            yield from field_of(plan, record.output)
        case _:
            raise ValueError(f"{quantity} of {record.name}")


def _convolutions(plan: Blueprint, places: Sequence[str]) -> list[LayerRecord]:
    return [layer for name in places if (layer := plan.layer(name)).kind == "conv"]


def _side(found: Window, named: bool = False) -> Step:
    formula = formulas.window_side(found.before, found.kernel, found.stride, found.padding, up=found.up)
    code = "side_named" if named else "side_up" if found.up else "side"
    return Step(code, formulas.equals(formula, found.after), {"place": found.place})


def _last_channels(plan: Blueprint, stage: StageRecord) -> Step:
    """Where the channels of a stage's output come from: its last convolution, or the branches of a concatenation."""
    way = trail(plan, stage.output)
    layer = next(layer for layer in reversed(way) if layer.kind in {"conv", "concat"})
    if layer.kind == "concat":
        parts = [shape[0] for shape in layer.input_shapes]
        formula = formulas.equals(formulas.total(parts), layer.output_shape[0])
        return Step("channels_concat", formula, {"place": layer.name})
    return Step("channels_last", "", {"place": layer.name, "channels": layer.output_shape[0]})


def _growth(run: Run) -> str:
    times = f"{len(run.places)}{formulas.TIMES}" if len(run.places) > 1 else ""
    return rf"{times}({run.kernel} - 1){formulas.TIMES}{run.step}"
