"""Lessons as they are written: a title, a promise, sections of text, figures and one question, and where to go on.

# Title
> What you will know afterwards.

Text in Markdown, with ## headings.
::figure history
::question depth-count
What is asked?
- one choice
- another
::hint
...
::answer
...
::end
::next unit, cost
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

LESSONS = (
    "depth",
    "degradation",
    "gradients",
    "unit",
    "network",
    "stem",
    "stages",
    "cost",
    "code",
    "effect",
    "outputs",
    "myths",
)
"""Ids of the lessons in their order."""

_DIRECTIVE = re.compile(r"::(\w+)(?:\s+(.*))?")
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")


class LessonError(ValueError):
    """A lesson is not written as it must be; the message begins with its file and line."""


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs in Markdown, with links and live numbers as they are written."""

    markdown: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A place for a live figure."""

    id: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is worded; what is right is known to `learn.questions`."""

    id: str
    markdown: str
    choices: tuple[str, ...]
    """In the same order in every language; empty where a number or a shape is asked for."""
    hint: str
    answer: str
    """Why it is so; `{answer}` stands for what is right."""


Part = Text | Figure | Asked


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading; none for what stands before the first."""

    heading: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson in one language."""

    title: str
    promise: str
    sections: tuple[Section, ...]
    next: tuple[str, ...]
    """Ids of the lessons to go on with."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts in the order of reading."""
        return tuple(part for section in self.sections for part in section.parts)

    @property
    def figures(self) -> tuple[str, ...]:
        """Ids of the figures, in the order of reading."""
        return tuple(part.id for part in self.parts if isinstance(part, Figure))

    @property
    def question(self) -> Asked:
        """The lesson's one question."""
        return next(part for part in self.parts if isinstance(part, Asked))

    @property
    def markdown(self) -> str:
        """All that is Markdown, one part after another: what links and live numbers are found in."""
        found = [self.promise, *(section.heading for section in self.sections)]
        for part in self.parts:
            if isinstance(part, Text):
                found.append(part.markdown)
            elif isinstance(part, Asked):
                found += [part.markdown, *part.choices, part.hint, part.answer]
        return "\n\n".join(found)


def parse(source: str, file: str) -> Lesson:
    """Read a lesson. Raises LessonError, whose message names `file` and the line."""
    lines = source.rstrip().splitlines()
    head = [(number, line) for number, line in enumerate(lines, start=1) if line.strip()][:2]
    if len(head) < 2 or not head[0][1].startswith("# ") or not head[1][1].startswith("> "):
        raise LessonError(f"{file}:1: a lesson begins with '# title' and '> promise'")
    last = _DIRECTIVE.fullmatch(lines[-1])
    if last is None or last[1] != "next":
        raise LessonError(f"{file}:{len(lines)}: the last line must be '::next lesson, lesson'")
    following = tuple(name.strip() for name in (last[2] or "").split(",") if name.strip())
    start = head[1][0]
    sections = _sections(lines[start:-1], start + 1, file)
    asked = [part for section in sections for part in section.parts if isinstance(part, Asked)]
    if len(asked) != 1:
        raise LessonError(f"{file}:{len(lines)}: a lesson has one question, not {len(asked)}")
    return Lesson(head[0][1][2:].strip(), head[1][1][2:].strip(), sections, following)


def _sections(lines: Sequence[str], first: int, file: str) -> tuple[Section, ...]:
    """The sections of the lines between promise and end; `first` is the number of the first of them."""
    found = [Section("", ())]
    at = 0
    while at < len(lines):
        line, where = lines[at], f"{file}:{first + at}"
        if line.startswith("## "):
            found.append(Section(line[3:].strip(), ()))
            at += 1
            continue
        part, used = _part(lines[at:], where)
        found[-1] = replace(found[-1], parts=(*found[-1].parts, *part))
        at += used
    return tuple(section for section in found if section.heading or section.parts)


def _part(lines: Sequence[str], where: str) -> tuple[tuple[Part, ...], int]:
    """The part that begins with the first of these lines, and how many of them it takes."""
    directive = _DIRECTIVE.fullmatch(lines[0].rstrip())
    if directive is None:
        length = next((n for n, line in enumerate(lines) if line.startswith(("## ", "::"))), len(lines))
        if not length:
            raise LessonError(f"{where}: {lines[0]!r} is no directive")
        text = "\n".join(lines[:length]).strip()
        return ((Text(text),) if text else ()), length
    name, value = directive[1], (directive[2] or "").strip()
    if name not in {"figure", "question"}:
        raise LessonError(f"{where}: '::{name}' has no place here; figure, question, or next at the end")
    if not _ID.fullmatch(value):
        raise LessonError(f"{where}: '::{name}' wants an id of small letters, digits and hyphens, not {value!r}")
    if name == "figure":
        return (Figure(value),), 1
    return _asked(value, lines, where)


def _asked(name: str, lines: Sequence[str], where: str) -> tuple[tuple[Asked], int]:
    """The question that begins with the first of these lines, and how many of them it takes."""
    marks = [n for n, line in enumerate(lines) if line.startswith("::")][:4]
    named = [lines[n].split()[0] for n in marks]
    if named != ["::question", "::hint", "::answer", "::end"]:
        raise LessonError(f"{where}: a question goes on with ::hint, ::answer and ::end, each once, not {named[1:]}")
    body, hint, answer = (lines[low + 1 : high] for low, high in pairwise(marks))
    choices = tuple(line[2:].strip() for line in body if line.startswith("- "))
    text = "\n".join(line for line in body if not line.startswith("- ")).strip()
    found = Asked(name, text, choices, "\n".join(hint).strip(), "\n".join(answer).strip())
    empty = [field for field in ("markdown", "hint", "answer") if not getattr(found, field)]
    if empty or len(choices) == 1:
        raise LessonError(f"{where}: question {name} has no {' and no '.join(empty) or 'second choice'}")
    return (found,), marks[-1] + 1
