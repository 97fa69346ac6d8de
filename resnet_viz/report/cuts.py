"""What became of the answer, the maps and the class map after the chosen cuts."""

from __future__ import annotations

from resnet_viz.analysis.class_maps import grad_cam
from resnet_viz.analysis.departures import Departure, Pass, departures, route
from resnet_viz.analysis.heatmaps import difference, limits, with_cells
from resnet_viz.analysis.lesions import lesioned, reaches
from resnet_viz.forward.run import predictions
from resnet_viz.lang import prose
from resnet_viz.records import Activations
from resnet_viz.report import block_words, words
from resnet_viz.report.answer import answer_bars
from resnet_viz.report.ask import Ask
from resnet_viz.report.maps import cells, over
from resnet_viz.report.parts import Columns, Part, Pictures, Section, Table, Text


def cuts(ask: Ask) -> tuple[Section, ...]:
    """Answers, distances and class maps before and after; nothing where nothing is cut."""
    subject, lesions = ask.subject, ask.choices.lesions
    if not lesions:
        return ()
    second = lesioned(subject.program, subject.plan, subject.kept, lesions)
    first = subject.program, subject.kept
    found = departures(first, second, route(subject.plan))
    shown = words.shown(ask.language, subject.info, lesions)
    plain = any(lesion.part == "shortcut" for lesion in lesions)
    parts: tuple[Part, ...] = (
        Text(ask.t("lesions.shown.now", what=shown)),
        *([Text(ask.t("lesions.shown.no_plain_network"), "note")] if plain else []),
        *_answers(ask, second[1]),
        Text(block_words.departed(ask.language, found)),
        _table(ask, found),
        *_class_maps(ask, second),
    )
    return (Section(ask.t("report.cuts.heading"), parts),)


def _answers(ask: Ask, after: Activations) -> tuple[Part, ...]:
    info, index = ask.subject.info, ask.choices.class_index
    both = [(kept, predictions(kept, info)) for kept in (ask.subject.kept, after)]
    bars = tuple(
        answer_bars(ask, answers, ask.t(when))
        for when, (_, answers) in zip(("lesions.before", "lesions.after"), both, strict=True)
    )
    before, then = (float(kept.logits.double().softmax(0)[index]) for kept, _ in both)
    first, last = (answers[0] for _, answers in both)
    return Columns(bars), Text(words.watched(ask.language, ask.class_name, (before, then), (first, last)))


def _table(ask: Ask, found: tuple[Departure, ...]) -> Table:
    cut = {lesion.block for lesion in ask.choices.lesions}
    rows = tuple(
        (
            f"{row.place} ({ask.t('lesions.departed.cut')})" if row.place in cut else row.place,
            block_words.number_or_none(row.relative),
            block_words.number_or_none(row.cosine),
        )
        for row in found
    )
    columns = (ask.t("report.cuts.place"), ask.t("lesions.departed.relative"), ask.t("lesions.departed.cosine"))
    return Table(columns, rows, ask.t("lesions.departed.title"))


def _class_maps(ask: Ask, second: Pass) -> tuple[Part, ...]:
    subject, index = ask.subject, ask.choices.class_index
    place = ask.place_with_map
    if not reaches(second[0], place):
        place = with_cells(subject.plan, subject.plan.stages[-1].name)
    before = grad_cam(subject.program, subject.kept, place, index)
    after = grad_cam(*second, place, index)
    change = difference(after, before)
    ends, seen = (0.0, max(before.high, after.high)), subject.prepared.seen
    pictures = (
        over(seen, before, ends, alt=f"Grad-CAM, {place}", caption=ask.t("lesions.before")),
        over(seen, after, ends, alt=f"Grad-CAM, {place}", caption=ask.t("lesions.after")),
        cells(change, limits([change]), alt=f"Grad-CAM, {place}", caption=ask.t("lesions.class_map.difference")),
    )
    empty = [
        ask.t(f"lesions.class_map.empty_{n}") for n, one in (("before", before), ("after", after)) if one.high <= 0
    ]
    elsewhere = [ask.t("lesions.class_map.elsewhere", place=ask.place, shown=place)] if place != ask.place else []
    title = ask.t("lesions.class_map.title", name=ask.class_name, place=place).replace("**", "")
    said = prose(ask.language, [*elsewhere, ask.t("lesions.class_map.look"), *empty])
    return Pictures(pictures, 200, title), Text(said, "small")
