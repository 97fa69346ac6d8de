"""A lesson in the steps of a lecture: a text, a figure with what is said about it, a question, then its answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from resnet_viz.learn.lesson import Asked, Figure, Lesson, Part, Text


@dataclass(frozen=True, slots=True)
class Step:
    """What is on the screen at one time."""

    heading: str
    part: Part
    caption: str = ""
    """The paragraph that follows a figure."""
    revealed: bool = False
    """Whether a question's answer is shown."""


def steps(lesson: Lesson) -> tuple[Step, ...]:
    """All steps of a lesson; a question is one to think, and one to see the answer."""
    return tuple(step for section in lesson.sections for step in _steps(section.heading or lesson.title, section.parts))


def _steps(heading: str, parts: Sequence[Part]) -> Iterator[Step]:
    caption = ""
    for part, following in zip(parts, (*parts[1:], None), strict=True):
        if isinstance(part, Text):
            rest = part.markdown.removeprefix(caption).strip()
            if rest:
                yield Step(heading, Text(rest))
            continue
        caption = _caption(following) if isinstance(part, Figure) else ""
        yield Step(heading, part, caption=caption)
        if isinstance(part, Asked):
            yield Step(heading, part, revealed=True)


def _caption(following: Part | None) -> str:
    """The first paragraph of the text behind a figure. Not by its length: steps are the same in every language."""
    return following.markdown.split("\n\n")[0] if isinstance(following, Text) else ""
