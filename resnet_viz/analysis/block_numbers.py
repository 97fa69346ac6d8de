"""The numbers of a bottleneck: what they are called, which of them make a block, and what is worth saying of them.

BTNK1 (C, W, C1, S) has a projection shortcut; BTNK2 (C, W) an identity, so that its C1 is C / 4 and its S is 1. Both
take (C, W, W) and give (4 C1, W', W') with W' = ceil(W / S).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from torchvision.models.resnet import Bottleneck

from resnet_viz.errors import BlockError
from resnet_viz.records import BlockRecord, Shape

Label = Literal["BTNK1", "BTNK2"]
LABELS: tuple[Label, ...] = get_args(Label)
Version = Literal["v1", "v1.5"]
VERSIONS: tuple[Version, ...] = get_args(Version)

EXPANSION: int = Bottleneck.expansion
"""Channels that come out of a bottleneck for each channel inside it."""

LIMITS = {"C": (1, 2048), "W": (1, 512), "C1": (1, 512), "S": (1, 4)}
"""Smallest and largest value of each number: the widest block of ResNet-152, and maps beyond those of 1024 pixels."""


@dataclass(frozen=True, slots=True)
class BlockNumbers:
    """A block that can be built; made by `block_numbers`, which checks it."""

    label: Label
    c: int
    """C: channels that come in."""
    w: int
    """W: side of the feature map that comes in."""
    c1: int
    """C1: channels of the first two convolutions."""
    s: int
    """S: stride of the block."""
    version: Version = "v1.5"
    """v1 has the stride in the first 1x1, v1.5 in the 3x3; the projection has it in both."""

    @property
    def out_channels(self) -> int:
        """Channels that come out."""
        return EXPANSION * self.c1

    @property
    def out_side(self) -> int:
        """Side of the feature map that comes out."""
        return -(-self.w // self.s)

    @property
    def input_shape(self) -> Shape:
        """(C, W, W)."""
        return (self.c, self.w, self.w)

    @property
    def output_shape(self) -> Shape:
        """(4 C1, W', W')."""
        return (self.out_channels, self.out_side, self.out_side)

    @property
    def text(self) -> str:
        """`(C, W, C1, S) = (256, 56, 128, 2)`, or `(C, W) = (256, 56)`."""
        if self.label == "BTNK2":
            return f"(C, W) = ({self.c}, {self.w})"
        return f"(C, W, C1, S) = ({self.c}, {self.w}, {self.c1}, {self.s})"


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth knowing of numbers that are possible: a code and the values that its sentence names."""

    code: str
    values: tuple[tuple[str, object], ...] = ()


def block_numbers(label: Label, *, c: int, w: int, c1: int, s: int, version: Version = "v1.5") -> BlockNumbers:
    """The numbers of a block, checked. BTNK2 takes C and W alone; `c1` and `s` are not read.

    Raises BlockError `block_number` for a number out of `LIMITS` and `block_quarter` for a BTNK2 whose C is no multiple
    of 4; its value `possible` lists what would do, the nearest first, and `name` says for which number.
    """
    given = {"C": c, "W": w} if label == "BTNK2" else {"C": c, "W": w, "C1": c1, "S": s}
    for name, value in given.items():
        low, high = LIMITS[name]
        if not low <= value <= high:
            nearest = min(max(value, low), high)
            raise BlockError(
                "block_number", name=name, value=value, low=low, high=high, nearest=nearest, possible=(nearest,)
            )
    if label == "BTNK1":
        return BlockNumbers(label, c, w, c1, s, version)
    if c % EXPANSION:
        possible = _multiples_beside(c)
        raise BlockError("block_quarter", name="C", value=c, possible=possible)
    return BlockNumbers(label, c, w, c // EXPANSION, 1, version)


def numbers_of(block: BlockRecord, version: Version = "v1.5") -> BlockNumbers:
    """The numbers of a bottleneck that was found in a live network, its label by the shortcut."""
    label: Label = "BTNK1" if block.shortcut == "projection" else "BTNK2"
    return block_numbers(label, c=block.c, w=block.w, c1=block.c1, s=block.s, version=version)


def notes(numbers: BlockNumbers) -> tuple[Note, ...]:
    """What is odd about possible numbers: an idle stride, a side that is rounded up, no neck, an idle projection."""
    found = []
    if numbers.s > numbers.w:
        found.append(Note("stride_idle", _values(w=numbers.w, s=numbers.s)))
    elif numbers.w % numbers.s:
        found.append(Note("rounded_up", _values(w=numbers.w, s=numbers.s, side=numbers.out_side)))
    if numbers.c1 >= numbers.c:
        found.append(Note("no_neck", _values(c=numbers.c, c1=numbers.c1)))
    if numbers.label == "BTNK1" and numbers.input_shape == numbers.output_shape:
        found.append(Note("projection_idle", _values(c=numbers.c, w=numbers.w)))
    return tuple(found)


def twins(numbers: BlockNumbers, blocks: Iterable[BlockRecord]) -> tuple[BlockRecord, ...]:
    """Those bottlenecks of a network that have the same shortcut and numbers, whatever their version."""
    wanted = (numbers.c, numbers.w, numbers.c1, numbers.s)
    shortcut = "projection" if numbers.label == "BTNK1" else "identity"
    return tuple(
        block
        for block in blocks
        if block.kind == "bottleneck" and block.shortcut == shortcut and (block.c, block.w, block.c1, block.s) == wanted
    )


@dataclass(frozen=True, slots=True)
class Rules:
    """The article's two rules, held against one BTNK1."""

    stride: bool
    """S = 1 in stage 1, S = 2 after."""
    channels: bool
    """C = C1 in stage 1, C = 2 C1 after."""


def rules(block: BlockRecord) -> Rules | None:
    """Whether a BTNK1 follows the article's rules; None for other blocks, of which they say nothing."""
    if block.kind != "bottleneck" or block.shortcut != "projection":
        return None
    first = block.stage == 1
    return Rules(stride=block.s == (1 if first else 2), channels=block.c == block.c1 * (1 if first else 2))


def _multiples_beside(value: int) -> tuple[int, ...]:
    """The multiples of four around a value that is none, within the limits of C, the nearest first."""
    low, high = LIMITS["C"]
    below = value // EXPANSION * EXPANSION
    beside = [multiple for multiple in (below, below + EXPANSION) if low <= multiple <= high]
    return tuple(sorted(beside, key=lambda multiple: abs(multiple - value)))


def _values(**values: object) -> tuple[tuple[str, object], ...]:
    return tuple(values.items())
