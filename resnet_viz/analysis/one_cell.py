"""How one output channel of a convolution comes about, cell by cell: what each input channel adds, and what follows.

Everything is computed here from the input and the kernels, in float64, and held against what the network has.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt
from torch import Tensor, nn

from resnet_viz.analysis.convolutions import Convolution, convolution
from resnet_viz.forward.program import Program
from resnet_viz.records import Blueprint, LayerRecord

Map = npt.NDArray[np.float32]
Exact = npt.NDArray[np.float64]

SHOWN = 8
"""So many input channels are kept one by one; what the others add is one number a cell."""
_CHUNK = 32
_FOLLOWS = ("batchnorm", "add", "relu", "tanh")


@dataclass(frozen=True, slots=True)
class Norm:
    """Batch norm of one channel: (x - mean) / sqrt(variance + eps) * scale + shift."""

    mean: float
    variance: float
    eps: float
    scale: float
    shift: float

    def __call__(self, x: Exact) -> Exact:
        """The formula, cell by cell."""
        return (x - self.mean) / math.sqrt(self.variance + self.eps) * self.scale + self.shift


@dataclass(frozen=True, slots=True)
class Link:
    """An operation that follows the convolution, at one channel."""

    place: str
    kind: str
    computed: Map
    """(H, W), what the network has here."""
    norm: Norm | None = None
    added: Map | None = None
    """Of an addition what comes from the other side, (H, W)."""
    added_place: str = ""

    def again(self, x: Exact) -> Exact:
        """What the operation makes of its input (H, W)."""
        if self.norm is not None:
            return self.norm(x)
        if self.added is not None:
            return x + self.added
        return np.tanh(x) if self.kind == "tanh" else np.maximum(x, 0)


@dataclass(frozen=True, slots=True)
class Working:
    """One output channel of a convolution on one picture: sum over `inputs`, plus `rest`, plus `bias`, then `chain`."""

    convolution: Convolution
    channel: int
    source: str
    """The place that it reads."""
    inputs: tuple[int, ...]
    """The input channels that add most, the strongest first: mean over all cells of the absolute value."""
    maps: Map
    """(inputs, H in, W in), what they hold."""
    rest: Exact
    """(H, W), what all other input channels add together."""
    others: int
    """How many those are."""
    bias: float
    computed: Map
    """(H, W), what the network has."""
    chain: tuple[Link, ...]

    @property
    def kernels(self) -> Map:
        """(inputs, height, width), the kernels over `maps`."""
        first = self.convolution.inputs_of(self.channel).start
        return self.convolution.weight[self.channel, [index - first for index in self.inputs]]

    @property
    def sums(self) -> Exact:
        """(H, W), all that is added up."""
        total: Exact = _added(self.maps, self.kernels, self.convolution, self.computed.shape).sum(0)
        return total + self.rest + self.bias

    @property
    def errors(self) -> tuple[float, ...]:
        """Largest distance to what the network has: of the sum, then of each link from the network's value before it."""
        found = [_distance(self.sums, self.computed)]
        before = self.computed
        for link in self.chain:
            found.append(_distance(link.again(before.astype(np.float64)), link.computed))
            before = link.computed
        return tuple(found)

    @property
    def nbytes(self) -> int:
        """Memory of its maps, in bytes."""
        links = sum(link.computed.nbytes + (0 if link.added is None else link.added.nbytes) for link in self.chain)
        return self.maps.nbytes + self.rest.nbytes + self.computed.nbytes + links


def working(
    program: Program, plan: Blueprint, place: str, channel: int, at: Callable[[str], Tensor], *, budget: int = 1_200_000
) -> Working:
    """The working of output channel `channel` of the convolution at `place`; `at` gives the output of a place.

    At most `budget` input values are kept, of one channel at least. Raises ValueError for another operation.
    """
    conv = convolution(program, place)
    source = plan.layer(place).inputs[0]
    numbers = conv.inputs_of(channel)
    x = at(source)[0].numpy()[numbers.start : numbers.stop]
    computed = at(place)[0, channel].numpy()
    kernels = conv.weight[channel]
    total, strengths = np.zeros(computed.shape), np.zeros(len(x))
    for start in range(0, len(x), _CHUNK):
        part = slice(start, start + _CHUNK)
        added = _added(x[part], kernels[part], conv, computed.shape)
        total += added.sum(0)
        strengths[part] = np.abs(added).mean((1, 2))
    count = max(1, min(SHOWN, len(x), budget // (x.shape[1] * x.shape[2])))
    best = np.argsort(-strengths, kind="stable")[:count]
    rest = total - _added(x[best], kernels[best], conv, computed.shape).sum(0)
    return Working(
        convolution=conv,
        channel=channel,
        source=source,
        inputs=tuple(numbers[index] for index in best.tolist()),
        maps=x[best].copy(),
        rest=rest if count < len(x) else np.zeros_like(rest),
        others=len(x) - count,
        bias=0.0 if conv.bias is None else float(conv.bias[channel]),
        computed=computed.copy(),
        chain=tuple(_link(program, layer, channel, before, at) for before, layer in _following(plan, place)),
    )


def _added(x: Map, kernels: Map, conv: Convolution, shape: tuple[int, ...]) -> Exact:
    """(channels, H, W): what each input channel (channels, H in, W in) adds to the output, over its own kernel."""
    (up, left), (down, right), (tall, wide) = conv.padding, conv.stride, conv.dilation
    padded = np.pad(x.astype(np.float64), ((0, 0), (up, up), (left, left)))
    total = np.zeros((len(x), *shape))
    for i, j in product(*map(range, conv.size)):
        rows = slice(i * tall, i * tall + (shape[0] - 1) * down + 1, down)
        columns = slice(j * wide, j * wide + (shape[1] - 1) * right + 1, right)
        total += kernels[:, i, j, None, None].astype(np.float64) * padded[:, rows, columns]
    return total


def _following(plan: Blueprint, place: str) -> Iterator[tuple[str, LayerRecord]]:
    """Batch norm, addition and ReLU behind a convolution, each with the place before it, as long as nothing branches."""
    while True:
        readers = [layer for layer in plan.layers if place in layer.inputs]
        if len(readers) != 1 or readers[0].kind not in _FOLLOWS:
            return
        yield place, readers[0]
        place = readers[0].name


def _link(program: Program, layer: LayerRecord, channel: int, before: str, at: Callable[[str], Tensor]) -> Link:
    computed = at(layer.name)[0, channel].numpy().copy()
    if layer.kind == "add":
        other = next(name for name in layer.inputs if name != before)
        return Link(layer.name, layer.kind, computed, None, at(other)[0, channel].numpy().copy(), other)
    module = program.steps[layer.name].module
    norm = _norm(module, channel) if isinstance(module, nn.BatchNorm2d) else None
    return Link(layer.name, layer.kind, computed, norm)


def _norm(module: nn.BatchNorm2d, channel: int) -> Norm:
    assert module.running_mean is not None and module.running_var is not None
    return Norm(
        mean=float(module.running_mean[channel]),
        variance=float(module.running_var[channel]),
        eps=module.eps,
        scale=float(module.weight[channel].detach()),
        shift=float(module.bias[channel].detach()),
    )


def _distance(one: Exact, other: Map) -> float:
    return float(np.abs(one - other).max())
