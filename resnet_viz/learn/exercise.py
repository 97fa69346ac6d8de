"""What the quiz and the worksheets ask: one question on a live network, its answer, and how that is worked out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from resnet_viz.learn.typed import Verdict, judge
from resnet_viz.records import Shape

Quantity = Literal["shape", "params", "macs", "field"]
About = Literal["operation", "block", "stage"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a worked solution."""

    code: str
    """Names the sentence about it."""
    formula: str = ""
    """LaTeX; empty where the sentence says all."""
    values: Mapping[str, object] = field(default_factory=dict)
    """What fills the sentence."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """One question with numbers of its own."""

    seed: int
    number: int
    """Its number in the series of its seed, from 1."""
    quantity: Quantity
    about: About
    network: str
    size: int
    place: str
    ends: str
    """The place whose output it is: the last operation of a stage or a block."""
    input_shape: Shape
    given: tuple[str, ...]
    """Lines of code or short forms that say what has to be known, the same in every language."""
    answer: int | Shape
    steps: tuple[Step, ...]

    @property
    def code(self) -> str:
        """Names its sentences: `shape_operation`."""
        return f"{self.quantity}_{self.about}"

    def judge(self, typed: str) -> Verdict:
        """How what a student typed compares with the answer."""
        verdict = judge(self.answer, typed)
        return "wrong" if verdict == "doubled" and self.quantity != "macs" else verdict
