"""What the parts of a network are called in sentences, breadcrumbs and for screen readers."""

from __future__ import annotations

from resnet_viz.analysis.rows import shape_text
from resnet_viz.networks.catalog import spec
from resnet_viz.records import INPUT, NETWORK, BlockRecord, Blueprint, LayerRecord, Shape, StageRecord
from resnet_viz.ui.state import t


def kind_name(layer: LayerRecord) -> str:
    """An operation's kind in words, with its kernel where it has one: `Convolution 3x3`."""
    kernel = layer.options.get("kernel_size")
    size = f" {shape_text(kernel)}" if isinstance(kernel, tuple) else f" {kernel}x{kernel}" if kernel else ""
    return t(f"architecture.kinds.{layer.kind}") + size


def place_name(plan: Blueprint, place: str) -> str:
    """A place in a few words: `ResNet-50`, `Stage 1`, `BTNK2 layer1.1`, `Convolution 3x3`."""
    if place == NETWORK:
        return spec(plan.network).title
    if place == INPUT:
        return t("architecture.input")
    record = plan.by_place[place]
    if isinstance(record, StageRecord):
        return t("common.stage", number=record.number)
    if isinstance(record, BlockRecord):
        return f"{record.label} {record.name}"
    return kind_name(record)


def spoken_name(plan: Blueprint, place: str) -> str:
    """What a screen reader says for a box: its name, its place and its output shape."""
    return t(
        "architecture.spoken", name=place_name(plan, place), place=place, shape=shape_text(output_shape(plan, place))
    )


def output_shape(plan: Blueprint, place: str) -> Shape:
    """The shape that comes out of a place."""
    if place == INPUT:
        return plan.input_shape
    if place == NETWORK:
        return plan.layers[-1].output_shape
    return plan.by_place[place].output_shape


def path_to(plan: Blueprint, place: str) -> tuple[str, ...]:
    """The places from the whole network down to this one, as a breadcrumb shows them."""
    if place == NETWORK:
        return (NETWORK,)
    if place == INPUT:
        return (NETWORK, INPUT)
    record = plan.by_place[place]
    if isinstance(record, StageRecord):
        return (NETWORK, place)
    path = [NETWORK]
    if record.stage is not None:
        path.append(f"stage{record.stage}")
    if isinstance(record, LayerRecord) and record.block is not None:
        path.append(record.block)
    return (*path, place)


def parent(plan: Blueprint, place: str) -> str:
    """The place one level up; the network is its own."""
    return path_to(plan, place)[-2:][0]
