"""A session as one document: the picture, the answer, the weights, the way through the network, a block, the class."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from resnet_viz.forward.walk import GoOn, to_the_end
from resnet_viz.lang import BETWEEN, Language
from resnet_viz.report import again, words
from resnet_viz.report.answer import answer, seen, weights
from resnet_viz.report.ask import Ask, Choices, Subject
from resnet_viz.report.block import block
from resnet_viz.report.cuts import cuts
from resnet_viz.report.document import html
from resnet_viz.report.parts import Code, Document, Facts, Part, Section, Text
from resnet_viz.report.way import chosen_place, way
from resnet_viz.report.why import class_maps_over


def session_report(
    subject: Subject, choices: Choices, language: Language, made: datetime, go_on: GoOn = to_the_end
) -> str | None:
    """The whole file as HTML; None where `go_on`, asked before each section, says no."""
    sections: list[Section] = []
    total = len(_SECTIONS)
    for done, make in enumerate(_SECTIONS):
        if not go_on(done, total):
            return None
        # Inside of a section the same question is asked at the same step.
        ask = Ask(subject, choices, language, _held(go_on, done, total))
        sections += make(ask)
    if not go_on(total, total):
        return None
    title = ask.t("report.title", name=subject.name, network=ask.title)
    lead = ask.t("report.lead", shown=words.shown(language, subject.info, ()), size=subject.plan.size)
    return html(Document(title, lead, tuple(sections)), language, made)


def _held(go_on: GoOn, done: int, total: int) -> GoOn:
    return lambda _done, _total: go_on(done, total)


def choices_made(ask: Ask) -> tuple[Section, ...]:
    """What was chosen, the link and the command that bring it back, and what computed it."""
    choices, subject = ask.choices, ask.subject
    cut = BETWEEN[ask.language].join(f"`{lesion.id}`" for lesion in choices.lesions)
    rows = (
        ("network", ask.title),
        ("weights", words.source(ask.language, subject.info)),
        ("size", f"{subject.plan.size} x {subject.plan.size}"),
        ("fit", ask.t(f"activations.input.fit_{subject.prepared.fit}")),
        ("place", f"`{ask.place}`"),
        ("class", ask.class_name),
        ("cuts", cut or ask.t("report.choices.no_cut")),
    )
    parts: list[Part] = [Facts(tuple((ask.t(f"report.choices.{term}"), said) for term, said in rows))]
    own = "sample" if subject.sample is not None else "own"
    parts += [Text(ask.t(f"report.choices.link_{own}")), Code(choices.link or again.address(ask))]
    command = again.command(ask)
    if command:
        parts += [Text(ask.t("report.choices.command")), Code(command)]
    return (Section(ask.t("report.choices.heading"), tuple(parts)),)


_SECTIONS: tuple[Callable[[Ask], tuple[Section, ...]], ...] = (
    seen,
    answer,
    weights,
    way,
    chosen_place,
    block,
    class_maps_over,
    cuts,
    choices_made,
)
