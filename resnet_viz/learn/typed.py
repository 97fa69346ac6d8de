"""What a student types as an answer, read and judged: numbers and shapes in any way in which people write them.

Numbers: `2,359,296`  `2 359 296`  `2.36M`  `2.36 million`  `2.36e6`  `2.36 x 10^6`, with Chinese numerals too. Shapes:
`64x56x56`  `64, 56, 56`  `(64, 56, 56)`  `torch.Size([1, 64, 56, 56])`: a batch of one is no mistake.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from resnet_viz.records import Shape

Verdict = Literal["right", "coarse", "doubled", "channels_last", "wrong", "unreadable"]
"""coarse: right as far as it goes. doubled: twice as much, as operations count it. channels_last: (H, W, C)."""

DIGITS = 3
"""Digits of a rounded number that are enough."""

_SCALES: Mapping[str, int] = MappingProxyType(
    {
        "": 1,
        **dict.fromkeys(("k", "thousand"), 10**3),
        **dict.fromkeys(("m", "mio", "million"), 10**6),
        **dict.fromkeys(("g", "b", "bn", "billion"), 10**9),
    }
)
_UNITS = r"(?:macs?|multiply-adds?|flops?|parameters?|params?|pixels?|px)?"
_NUMBER = re.compile(
    r"(?P<digits>\d+(?:\.\d+)?|\.\d+)\s*(?:e\+?(?P<power>\d{1,2})|[x*]\s*10\s*(?:\^|\*\*)\s*(?P<raised>\d{1,2}))?"
    rf"\s*(?:(?P<scale>{'|'.join(sorted(filter(None, _SCALES), key=len, reverse=True))})?\s*{_UNITS}"
    r"|(?P<numerals>[^\W\d_a-z]*))"
)
_GROUPS = re.compile(r"(?<!\d)\d{1,3}(?:(?P<mark>[, _'])\d{3})(?:(?P=mark)\d{3})*(?![\d])")
_DOTS = re.compile(r"(?<!\d)\d{1,3}(?:\.\d{3}){2,}(?!\d)")
_BRACKETS = re.compile(r"(?:torch\.size)?[(\[]*(?P<inside>[^()\[\]]*)[)\]]*")
_BETWEEN = re.compile(r"\s*[x*,;\u3001]\s*|\s+")


@dataclass(frozen=True, slots=True)
class Written:
    """A number as it was written."""

    value: Decimal
    last: Decimal
    """What one more in its last digit is worth: 10,000 in `2.36M`, and in `2360000`, which may be rounded."""
    digits: int
    """How many digits it gives."""


def read_number(typed: str) -> Written | None:
    """The number in a text; None where there is none, or something besides it."""
    text = _plain(typed)
    text = _GROUPS.sub(lambda match: re.sub(r"\D", "", match[0]), text)
    text = _DOTS.sub(lambda match: match[0].replace(".", ""), text)
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    scale = _SCALES[match["scale"] or ""] * _worth(match["numerals"] or "")
    factor = scale * 10 ** int(match["power"] or match["raised"] or 0)
    written = Decimal(match["digits"])
    fraction = len(match["digits"].partition(".")[2])
    significant = match["digits"].replace(".", "").lstrip("0")
    last = Decimal(factor).scaleb(-fraction)
    if not fraction and factor == 1:
        kept = significant.rstrip("0")
        last = Decimal(10) ** (len(significant) - len(kept))
        significant = kept
    return Written(written * factor, last, len(significant))


def read_shape(typed: str) -> Shape | None:
    """The sides in a text, without a batch of one; None where it is no shape."""
    match = _BRACKETS.fullmatch(_plain(typed))
    parts = [part for part in _BETWEEN.split(match["inside"].strip()) if part] if match else []
    if not parts or not all(re.fullmatch(r"\d{1,9}", part, re.ASCII) for part in parts):
        return None
    sides = tuple(map(int, parts))
    return sides[1:] if len(sides) == 4 and sides[0] == 1 else sides


def judge(answer: int | Shape, typed: str) -> Verdict:
    """How what was typed compares with what is right.

    A rounded number is right with three digits that fit, cut off or rounded; written out, every digit counts.
    """
    if isinstance(answer, tuple):
        return _judge_shape(answer, read_shape(typed))
    written = read_number(typed)
    if written is None:
        return "unreadable"
    if _fits(written, answer):
        return "right" if written.value == answer or written.digits >= DIGITS else "coarse"
    return "doubled" if _fits(written, 2 * answer) and written.digits >= DIGITS else "wrong"


def _fits(written: Written, answer: int) -> bool:
    if written.last == 1:
        return written.value == answer
    return abs(written.value - answer) < written.last


def _judge_shape(answer: Shape, given: Shape | None) -> Verdict:
    if given is None:
        return "unreadable"
    if given == answer:
        return "right"
    return "channels_last" if len(answer) == 3 and given == (*answer[1:], answer[0]) else "wrong"


def _worth(numerals: str) -> int:
    """What Chinese numerals behind a number multiply it by: Unicode knows what each is worth; a unit is worth 1."""
    return math.prod(int(unicodedata.numeric(sign, 1)) for sign in numerals)


def _plain(typed: str) -> str:
    """Small letters, full-width signs and special spaces as plain ones, one sign for times."""
    text = unicodedata.normalize("NFKC", typed).lower().strip()
    for sign in "×·⋅∙":
        text = text.replace(sign, "x")
    return re.sub(r"\s+", " ", text).replace("\u2009", " ")
