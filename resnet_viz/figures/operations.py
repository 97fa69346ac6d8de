"""How diagrams write an operation: the short form of its kind, kernel, channels, stride, and its output shape."""

from __future__ import annotations

from resnet_viz.figures.drawing import Box, Look, tuple_text
from resnet_viz.records import LayerRecord

_NAMES = {"batchnorm": "BN", "linear": "FC"}

_LOOKS: dict[str, Look] = {
    "conv": "strong",
    "linear": "strong",
    "concat": "strong",
    "maxpool": "soft",
    "avgpool": "soft",
}


def operation_title(layer: LayerRecord) -> str:
    """`CONV 3x3, 128, /2`, `MAXPOOL 3x3, /2`, `FC 1000`, `BN`: a stride of 1 is left out."""
    name = _NAMES.get(layer.kind, layer.kind.upper())
    if layer.kind == "linear":
        return f"{name} {layer.output_shape[-1]}"
    kernel = layer.options.get("kernel_size")
    if kernel is None:
        return name
    parts = [f"{name} {_pair(kernel, 'x')}"]
    if layer.kind == "conv":
        parts.append(str(layer.output_shape[0]))
    stride = _pair(layer.options.get("stride", 1), ",")
    if stride not in ("1", "1,1"):
        parts.append(f"/{stride}")
    return ", ".join(parts)


def operation_box(layer: LayerRecord) -> Box:
    """The box of an operation; a convolution has its shape in a second line, all else beside its name."""
    shape = tuple_text(layer.output_shape)
    title = operation_title(layer)
    if layer.kind == "add":
        return Box(layer.name, title, note=shape, look="sum", stage=layer.stage)
    look = _LOOKS.get(layer.kind, "pale")
    if layer.kind in ("conv", "maxpool") or (layer.kind == "avgpool" and " " in title):
        return Box(layer.name, title, second=shape, look=look, stage=layer.stage)
    return Box(layer.name, title, note=shape, look=look, stage=layer.stage)


def _pair(value: object, between: str) -> str:
    """A number, or both of a pair: `7x7` for a kernel; a square stride once."""
    pair = tuple(value) if isinstance(value, (tuple, list)) else (value, value)
    if between == "," and pair[0] == pair[1]:
        return str(pair[0])
    return between.join(map(str, pair))
