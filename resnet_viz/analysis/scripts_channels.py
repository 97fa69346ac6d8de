"""What the views of channels show, as lines of a script that go on from `model` and `x` and print the same numbers."""

from __future__ import annotations

from resnet_viz.analysis.convolutions import Convolution
from resnet_viz.analysis.one_cell import Link, Working
from resnet_viz.analysis.scripts_inside import extractor_lines, inside_lines
from resnet_viz.records import INPUT, Blueprint

PRINTED = 10
"""So many channels are printed, the first in the chosen order."""

_NUMBERS = {
    "mean": "maps.double().mean((1, 2))",
    "largest": "maps.double().amax((1, 2))",
    "variance": "maps.double().var((1, 2), correction=0)",
    "zeros": "(maps == 0).double().mean((1, 2))",
    "influence": "(gradient[0].double() * maps.double()).sum((1, 2))",
    "number": "torch.arange(len(maps))",
}


def gallery_lines(
    plan: Blueprint, place: str, order: str, class_index: int | None, *, lowest_first: bool = False
) -> str:
    """Lines that print the first channels of a place by their mean, largest value, variance, zeros or influence.

    The influence is that on the logit of `class_index`.
    """
    lines = inside_lines(plan, place)
    if class_index is not None:
        lines += [f"(gradient,) = torch.autograd.grad(answer[{class_index}], A)"]
    lines += ["maps = A.detach()[0]", f"numbers = {_NUMBERS[order]}"]
    down = order != "number" and not lowest_first
    lines += [
        f"for channel in numbers.argsort(descending={down}, stable=True)[:{PRINTED}].tolist():",
        f'    print(f"channel {{channel}}: {order} {{numbers[channel]:.7g}}")',
    ]
    if class_index is not None:
        lines += ['print(f"all channels: influence {numbers.sum():.7g}")']
    return _joined(lines)


def weights_lines(found: Convolution, channel: int) -> str:
    """Lines that print which input channels an output channel reads most, and its strongest kernel."""
    first = found.inputs_of(channel).start
    single = found.size == (1, 1)
    norm = "kernels[:, 0, 0]" if single else "torch.linalg.vector_norm(kernels, dim=(1, 2))"
    lines = [
        f'kernels = model.get_submodule("{found.place}").weight.detach()[{channel}].double()',
        f"strength = {norm}",
        f"for i in strength.abs().argsort(descending=True, stable=True)[:{PRINTED}].tolist():",
        f'    print(f"input channel {{{_index("i", first)}}}: {{strength[i]:.7g}}")',
    ]
    lines += [] if single else ["print(kernels[strength.argmax()])"]
    return _joined(lines)


def step_lines(found: Working, cell: tuple[int, int]) -> str:
    """Lines that print one output cell: what each input channel adds, the sum, what follows, and what the network has."""
    conv, (row, column) = found.convolution, cell
    names = [conv.place, *(link.place for link in found.chain)]
    names += [name for name in (found.source, *(link.added_place for link in found.chain)) if name not in ("", INPUT)]
    first = conv.inputs_of(found.channel).start
    (up, left), (down, right), (tall, wide) = conv.padding, conv.stride, conv.dilation
    rows = f"{row * down}:{row * down + (conv.size[0] - 1) * tall + 1}:{tall}"
    columns = f"{column * right}:{column * right + (conv.size[1] - 1) * wide + 1}:{wide}"
    lines = [
        *extractor_lines({name: name for name in names}),
        "with torch.no_grad():",
        "    at = inside(x)",
        f'conv = model.get_submodule("{conv.place}")',
        f"source = {'x' if found.source == INPUT else f'at[{found.source!r}]'}",
        f"padded = torch.nn.functional.pad(source.double(), ({left}, {left}, {up}, {up}))",
        f"window = padded[0, {first}:{first + conv.weight.shape[1]}, {rows}, {columns}]",
        f"added = (window * conv.weight.detach()[{found.channel}].double()).sum((1, 2))",
        f"for i in {[index - first for index in found.inputs]}:",
        f'    print(f"input channel {{{_index("i", first)}}}: {{added[i]:.7g}}")',
        f"value = added.sum(){'' if conv.bias is None else f' + conv.bias.detach()[{found.channel}].double()'}",
        *_held_against(conv.place, found.channel, cell, "sum"),
    ]
    for link in found.chain:
        lines += [*_follow(link, found.channel, cell), *_held_against(link.place, found.channel, cell, link.kind)]
    return _joined(lines)


def _follow(link: Link, channel: int, cell: tuple[int, int]) -> list[str]:
    if link.norm is not None:
        return [
            f'bn, c = model.get_submodule("{link.place}"), {channel}',
            "scale, shift = bn.weight.detach().double()[c], bn.bias.detach().double()[c]",
            "mean, variance = bn.running_mean.double()[c], bn.running_var.double()[c]",
            "value = (value - mean) / (variance + bn.eps).sqrt() * scale + shift",
        ]
    if link.added is not None:
        return [f'value = value + at["{link.added_place}"][0, {channel}, {cell[0]}, {cell[1]}].double()']
    return ["value = value.tanh()" if link.kind == "tanh" else "value = value.clamp(min=0)"]


def _held_against(place: str, channel: int, cell: tuple[int, int], what: str) -> list[str]:
    return [
        f'has = at["{place}"][0, {channel}, {cell[0]}, {cell[1]}]',
        f'print(f"{what}: {{value:.7g}}, and the network has {{has:.7g}}")',
    ]


def _index(name: str, first: int) -> str:
    return f"{first} + {name}" if first else name


def _joined(lines: list[str]) -> str:
    return "\n" + "\n".join(lines) + "\n"
