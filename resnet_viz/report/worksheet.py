"""Worksheets: the questions of a seed to be printed, with a page of answers and how each is worked out."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from io import BytesIO

from resnet_viz.lang import Language, text
from resnet_viz.learn.exercise import Exercise
from resnet_viz.learn.formulas import plain
from resnet_viz.learn.quiz import Plans, sheet
from resnet_viz.report.document import html
from resnet_viz.report.parts import Blank, Code, Document, Facts, Kept, Part, Section, Table, Text
from resnet_viz.report.wording import answer, note, question, step


def worksheet(language: Language, seed: int, plans: Plans, link: str, made: datetime) -> str:
    """The worksheet of a seed as one HTML file; `link` opens the same questions as a quiz."""
    return html(document(language, seed, sheet(seed, plans), link), language, made)


def bundle(
    language: Language,
    seeds: Sequence[int],
    plans: Plans,
    link: Callable[[int], str],
    *,
    made: datetime,
    go_on: Callable[[int, int], bool] = lambda done, total: True,
) -> bytes | None:
    """The worksheets of several seeds as a ZIP file; None where `go_on`, asked before each, says no."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as folder:
        for done, seed in enumerate(seeds):
            if not go_on(done, len(seeds)):
                return None
            folder.writestr(file_name(seed), worksheet(language, seed, plans, link(seed), made))
    return file.getvalue()


def file_name(seed: int) -> str:
    """What a worksheet's file is called: `worksheet-7.html`."""
    return f"worksheet-{seed}.html"


def document(language: Language, seed: int, found: Sequence[Exercise], link: str) -> Document:
    """Questions on the first pages, the answers on one of their own, then all steps."""
    asked = [_asked(language, each) for each in found]
    rows = tuple((f"{each.number}", answer(each)) for each in found)
    columns = (text(language, "quiz.sheet.column_number"), text(language, "quiz.sheet.column_answer"))
    names = Blank((text(language, "quiz.sheet.name"), text(language, "quiz.sheet.date")))
    practise = (Text(text(language, "quiz.sheet.practise"), "small"), Code(link))
    return Document(
        text(language, "quiz.sheet.title", seed=seed),
        text(language, "quiz.sheet.about"),
        (
            Section(text(language, "quiz.sheet.questions"), (names, *asked, Kept(practise))),
            Section(
                text(language, "quiz.sheet.key", seed=seed),
                (Text(text(language, "quiz.sheet.key_about"), "small"), Table(columns, rows)),
                new_page=True,
            ),
            Section(
                text(language, "quiz.sheet.worked", seed=seed),
                tuple(_worked(language, each) for each in found),
                new_page=True,
            ),
        ),
    )


def _asked(language: Language, found: Exercise) -> Kept:
    said = note(language, found)
    parts: list[Part] = [Text(f"**{found.number}.** {question(language, found)}")]
    if said:
        parts.append(Text(said, "small"))
    if found.given:
        parts.append(Code("\n".join(found.given)))
    return Kept((*parts, Blank((text(language, "quiz.sheet.answer"),))))


def _worked(language: Language, found: Exercise) -> Kept:
    first = Text(f"**{found.number}.** {question(language, found)} **{answer(found)}**")
    return Kept((first, Facts(tuple((step(language, each), plain(each.formula)) for each in found.steps), wide=True)))
