"""What an exercise says in a language: its question, its answer and each step, for the screen and for paper alike."""

from __future__ import annotations

from resnet_viz.analysis.rows import shape_text
from resnet_viz.lang import Language, text
from resnet_viz.learn.exercise import Exercise, Step
from resnet_viz.learn.spelled import spelled
from resnet_viz.networks.catalog import spec


def question(language: Language, found: Exercise) -> str:
    """The question, with `**bold**` and `` `code` ``."""
    return text(
        language,
        f"quiz.ask.{found.code}",
        network=spec(found.network).title,
        place=found.place,
        ends=found.ends,
        stage=found.place.removeprefix("stage"),
        size=found.size,
        input=shape_text(found.input_shape),
    )


def note(language: Language, found: Exercise) -> str:
    """What is said before the lines that are given; empty where they speak for themselves."""
    return text(language, "quiz.windows") if found.quantity == "field" else ""


def answer(found: Exercise) -> str:
    """The answer as it is written: `512x10x10`, `2,359,296`."""
    return spelled(found.answer)


def hint(language: Language, found: Exercise) -> str:
    """The rule to use, with formulas between dollar signs."""
    return text(language, f"quiz.hints.{found.code}")


def step(language: Language, found: Step) -> str:
    """The sentence of a step, without its formula."""
    return text(language, f"quiz.steps.{found.code}", **found.values)
