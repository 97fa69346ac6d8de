"""The first sections of a report: what the network saw, what it answers, and where its weights come from."""

from __future__ import annotations

from collections.abc import Sequence

from resnet_viz.analysis.answers import percent
from resnet_viz.figures.bars import ANSWER_COLOR
from resnet_viz.figures.overlays import number, png
from resnet_viz.forward.run import predictions
from resnet_viz.lang import class_name, prose
from resnet_viz.records import Prediction, WeightsInfo
from resnet_viz.report import words
from resnet_viz.report.ask import Ask
from resnet_viz.report.parts import Bars, Columns, Facts, Kept, Part, Picture, Pictures, Section, Table, Text


def seen(ask: Ask) -> tuple[Section, ...]:
    """The picture as the network sees it, and what was done to it."""
    subject = ask.subject
    width, height = subject.decoded.original_size
    name = {"name": subject.name, "format": subject.decoded.format, "width": width, "height": height}
    file = [ask.t("activations.input.read", **name)]
    file += [ask.t(f"activations.notes.{note}") for note in subject.decoded.notes]
    if subject.sample is not None:
        file.append(ask.t("activations.input.credit", author=subject.sample.author, licence=subject.sample.licence))
    alt = ask.t("activations.seen.heading")
    picture = Picture(png(subject.prepared.seen), "image/png", f"{alt}: {subject.name}")
    said = words.seen(ask.language, subject.info.transforms, subject.plan, subject.prepared)
    words_beside = Kept((Text(said), Text(prose(ask.language, file), "small")))
    return (Section(alt, (Columns((Pictures((picture,), 300), words_beside)),)),)


def answer(ask: Ask) -> tuple[Section, ...]:
    """The five likeliest classes, and what has to be known to read them."""
    subject, info = ask.subject, ask.subject.info
    found = predictions(subject.kept, info)
    said = words.headline(ask.language, info, found, sample=subject.sample is not None)
    table = Table(
        (ask.t("report.answer.class"), ask.t("report.answer.id"), "%", ask.t("report.answer.logit")),
        tuple(
            (class_name(ask.language, p.label), p.label.id, percent(p.probability, 2), number(p.logit)) for p in found
        ),
        words=2,
    )
    parts = (Text(said), Columns((answer_bars(ask, found), table)), *_to_be_known(ask, info))
    return (Section(ask.t("activations.answer.heading"), parts),)


def answer_bars(ask: Ask, found: Sequence[Prediction], title: str = "") -> Bars:
    """Likeliest classes as bars; the best one stands out where it counts as an answer."""
    return Bars(words.answer_rows(ask.language, ask.subject.info, found), ANSWER_COLOR, title, top=1.0)


def weights(ask: Ask) -> tuple[Section, ...]:
    """Network and weights: what they are, where they come from, how good they are."""
    subject, info = ask.subject, ask.subject.info
    plan, language = subject.plan, ask.language
    rows = [
        ("network", f"{ask.title} (`{plan.network}`)"),
        ("params", f"{plan.params:,}"),
        ("macs", ask.t("report.weights.macs_at", macs=f"{plan.macs:,}", size=plan.size)),
        ("source", words.source(language, info)),
        ("trained_on", words.trained_on(language, info)),
        ("accuracy", words.accuracy(language, info, plan.size)),
        ("origin", info.origin),
        ("licence", info.licence),
        ("digest", f"`{info.digest}`" if info.source != "none" else ""),
    ]
    facts = Facts(tuple((ask.t(f"report.weights.{term}"), said) for term, said in rows if said))
    sizes = [Text(words.accuracies(language, info), "small")] if len(info.accuracies) > 1 else []
    return (Section(ask.t("report.weights.heading"), (facts, *sizes)),)


def _to_be_known(ask: Ask, info: WeightsInfo) -> list[Part]:
    count = len(info.labels)
    if info.trained_on == "imagenette":
        names = " · ".join(class_name(ask.language, label) for label in info.labels)
        return [
            Text(ask.t("activations.answer.must_choose", count=count), "note"),
            Text(ask.t("activations.answer.classes", count=count, names=names), "small"),
        ]
    if info.trained_on == "imagenet":
        return [Text(ask.t("activations.answer.of_all", classes=f"{count:,}"), "small")]
    return [Text(ask.t("activations.answer.unknown_training"), "small")] if info.trained_on == "unknown" else []
