"""Blocks as PyTorch source text: the one text that is shown, executed, drawn and measured.

The class follows torchvision's names (conv1, bn1, ..., downsample), so that its weights fit a `Bottleneck` there. Its
forward is in the order of the diagram, one operation a line, and writes nothing in place.
"""

from __future__ import annotations

from collections.abc import Sequence

from torch import nn

from resnet_viz.analysis.block_numbers import BlockNumbers
from resnet_viz.records import Shape

SOURCE_NAME = "<block>"
"""The file name that tracebacks give for the executed text."""

RIVAL = "TwoConv3x3"
"""The class of the block from two 3x3 convolutions."""

RUN_BATCH = 2
"""Images in the shown run: batch norm in training needs more than one value in each channel, even at W = 1."""

PATCHES = 7
"""Side of the random pattern that is enlarged to the input of the shown run: its maps show shapes, not noise."""


def block_source(numbers: BlockNumbers) -> str:
    """The class of a bottleneck with these numbers: `BTNK1` or `BTNK2`, built without arguments."""
    c, c1, out = numbers.c, numbers.c1, numbers.out_channels
    first, second = (numbers.s, 1) if numbers.version == "v1" else (1, numbers.s)
    layers = [
        f"self.conv1 = {_conv(c, c1, 1, first)}",
        f"self.bn1 = nn.BatchNorm2d({c1})",
        f"self.conv2 = {_conv(c1, c1, 3, second)}",
        f"self.bn2 = nn.BatchNorm2d({c1})",
        f"self.conv3 = {_conv(c1, out, 1, 1)}",
        f"self.bn3 = nn.BatchNorm2d({out})",
        "self.relu = nn.ReLU()",
    ]
    projected = numbers.label == "BTNK1"
    layers += _downsample(numbers) if projected else []
    return _module(
        numbers.label, numbers.input_shape, numbers.output_shape, layers, convolutions=3, projected=projected
    )


def rival_source(numbers: BlockNumbers) -> str:
    """The class of a block from two 3x3 convolutions, as in ResNet-34: same shapes, same kind of shortcut."""
    projected = numbers.label == "BTNK1"
    layers = [*_two_3x3(numbers.c, numbers.out_channels, numbers.s), *(_downsample(numbers) if projected else [])]
    return _module(RIVAL, numbers.input_shape, numbers.output_shape, layers, convolutions=2, projected=projected)


def narrow_rival_source(channels: int, w: int) -> str:
    """The class of a block from two 3x3 convolutions and an identity, on any number of channels."""
    shape = (channels, w, w)
    return _module(RIVAL, shape, shape, _two_3x3(channels, channels, 1), convolutions=2, projected=False)


def script(numbers: BlockNumbers) -> str:
    """A program that runs by itself: the class, a seeded input (2, C, W, W), and one pass through the block."""
    c, w = numbers.c, numbers.w
    side = min(PATCHES, w)
    return "\n".join(
        [
            block_source(numbers),
            "",
            "torch.manual_seed(0)",
            f"block = {numbers.label}()",
            f"x = torch.rand({RUN_BATCH}, {c}, {side}, {side})",
            f'x = nn.functional.interpolate(x, size=({w}, {w}), mode="bilinear")',
            "with torch.no_grad():",
            "    y = block(x)",
            "",
        ]
    )


def build(source: str, name: str) -> nn.Module:
    """Execute a source text of this module and build the class `name` in it. Random weights, in training mode."""
    namespace: dict[str, object] = {"__name__": SOURCE_NAME}
    exec(compile(source, SOURCE_NAME, "exec"), namespace)
    made = namespace[name]
    assert isinstance(made, type) and issubclass(made, nn.Module)
    return made()


def _conv(c_in: int, c_out: int, kernel: int, stride: int) -> str:
    options = [str(kernel)]
    options += [f"stride={stride}"] if stride != 1 else []
    options += [f"padding={kernel // 2}"] if kernel != 1 else []
    return f"nn.Conv2d({c_in}, {c_out}, {', '.join(options)}, bias=False)"


def _two_3x3(c: int, out: int, stride: int) -> list[str]:
    return [
        f"self.conv1 = {_conv(c, out, 3, stride)}",
        f"self.bn1 = nn.BatchNorm2d({out})",
        f"self.conv2 = {_conv(out, out, 3, 1)}",
        f"self.bn2 = nn.BatchNorm2d({out})",
        "self.relu = nn.ReLU()",
    ]


def _downsample(numbers: BlockNumbers) -> list[str]:
    return [
        "self.downsample = nn.Sequential(",
        f"    {_conv(numbers.c, numbers.out_channels, 1, numbers.s)},",
        f"    nn.BatchNorm2d({numbers.out_channels}),",
        ")",
    ]


def _module(
    name: str, shape_in: Shape, shape_out: Shape, layers: Sequence[str], *, convolutions: int, projected: bool
) -> str:
    source, out = "x", []
    for number in range(1, convolutions + 1):
        out += [f"out = self.conv{number}({source})", f"out = self.bn{number}(out)"]
        out += ["out = self.relu(out)"] if number < convolutions else []
        source = "out"
    shortcut = "self.downsample(x)" if projected else "x"
    forward = [*out, f"shortcut = {shortcut}", "out = out + shortcut", "return self.relu(out)"]
    return "\n".join(
        [
            "import torch",
            "from torch import nn",
            "",
            "",
            f"class {name}(nn.Module):",
            f'    """{_text(shape_in)} in, {_text(shape_out)} out."""',
            "",
            "    def __init__(self):",
            "        super().__init__()",
            *(f"        {line}" for line in layers),
            "",
            "    def forward(self, x):",
            *(f"        {line}" for line in forward),
            "",
        ]
    )


def _text(shape: Shape) -> str:
    return f"({', '.join(map(str, shape))})"
