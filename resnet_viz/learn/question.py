"""A question's right answer, computed when it is asked for, and how what a student types is read and checked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Answer = int | float | tuple[int, ...]
"""A number, a shape, or the index of a choice."""

_NUMBER = re.compile(r"(-?\d+(?:\.\d+)?(?:e\d+)?)\s*([kmg]?)", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<=\d)[,\s\u00a0\u202f_]+(?=\d{3}(?!\d))")
_UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for, and what is right."""

    kind: Literal["number", "shape", "choice"]
    answer: Callable[[], Answer]
    """Reads the answer off a live model or blueprint."""
    tolerance: float = 0.0
    """How far a number may be off, as a share of the right one."""


def read(kind: Literal["number", "shape"], typed: str) -> Answer | None:
    """What a student typed: `25,557,032`, `25.6 M`, `256x56x56`, `(256, 56, 56)`. None where it is no such thing."""
    typed = typed.strip()
    if kind == "shape":
        if re.search(r"[^\d\sx×*,，;()（）\[\]]", typed, re.IGNORECASE):
            return None
        return tuple(int(side) for side in re.findall(r"\d+", typed)) or None
    match = _NUMBER.fullmatch(_THOUSANDS.sub("", typed))
    if match is None:
        return None
    value = Decimal(match[1]) * _UNITS[match[2].lower()]  # 4.1 G is a whole number, which no float says
    return int(value) if value == int(value) else float(value)


def is_right(question: Question, given: Answer) -> bool:
    """Whether an answer is right, within the question's tolerance where it is a number."""
    right = question.answer()
    if question.kind == "number" and isinstance(right, int | float) and isinstance(given, int | float):
        return abs(given - right) <= question.tolerance * abs(right)
    return given == right
