"""Options of modules that may be given as a number or as a pair: kernel, stride, padding, dilation."""

from __future__ import annotations

from resnet_viz.records import BlockRecord, Blueprint


def along_width(value: object) -> int:
    """A module's number, or the last of its pair: the one along the width. Raises TypeError for anything else."""
    number = value[-1] if isinstance(value, tuple | list) and value else value
    if not isinstance(number, int):
        raise TypeError(f"a number or a pair of them, not {value!r}")
    return number


def strided(plan: Blueprint, block: BlockRecord) -> tuple[str, ...]:
    """The convolutions of a block that have a stride above 1, called as in their block: `conv2`, `downsample.0`."""
    layers = [plan.layer(name) for name in block.layers]
    return tuple(
        layer.name.removeprefix(f"{block.name}.")
        for layer in layers
        if layer.kind == "conv" and along_width(layer.options["stride"]) > 1
    )
