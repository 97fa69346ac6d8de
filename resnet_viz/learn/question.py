"""A question of a lesson: its right answer, computed when it is asked for, and what is said to a student's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from resnet_viz.learn.typed import DIGITS, Verdict, judge, read_number

Answer = int | float | tuple[int, ...]
"""A number, a shape, or the index of a choice."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for, and what is right."""

    kind: Literal["number", "shape", "choice"]
    answer: Callable[[], Answer]
    """Reads the answer off a live model or blueprint."""
    tolerance: float = 0.0
    """How far a number may be off, as a share of the right one."""


def check(question: Question, given: str | int) -> Verdict:
    """What is to be said to an answer: what was typed, or the index of a choice."""
    right = question.answer()
    if isinstance(given, int):
        return "right" if given == right else "wrong"
    if isinstance(right, tuple):
        return judge(right, given)
    written = read_number(given)
    if written is None:
        return "unreadable"
    if abs(float(written.value) - right) <= question.tolerance * abs(right):
        return "right"
    # A count of few digits is not rounded: who forgets four of 104 convolutions must not read that 100 nearly fits.
    return judge(right, given) if isinstance(right, int) and right >= 10**DIGITS else "wrong"
