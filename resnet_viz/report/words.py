"""Sentences on a pass that app and reports share: what the network saw, what it answers, and whose weights these are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from resnet_viz.analysis.answers import is_sure, percent, verdict
from resnet_viz.analysis.lesions import Lesion
from resnet_viz.analysis.rows import shape_text
from resnet_viz.figures.bars import Bar
from resnet_viz.forward.images import for_channels
from resnet_viz.lang import Language, class_name, prose, text
from resnet_viz.networks.catalog import spec
from resnet_viz.records import INPUT, BlockRecord, Blueprint, Prediction, Prepared, TransformSpec, WeightsInfo

NAMED = 4
"""More blocks are counted, not named."""


def headline(language: Language, info: WeightsInfo, found: Sequence[Prediction], *, sample: bool) -> str:
    """The answer in one sentence, no surer than it may be; `sample` where the picture is one of the project's own."""
    best = found[0]
    return text(
        language,
        f"activations.answer.{verdict(info, found, sample=sample)}",
        name=class_name(language, best.label),
        percent=percent(best.probability, 0 if best.probability < 0.99 else 1),
        count=len(info.labels),
    )


def answer_rows(language: Language, info: WeightsInfo, found: Sequence[Prediction]) -> tuple[Bar, ...]:
    """Likeliest classes as bars; the best one stands out where it counts as an answer."""
    clear = info.trained_on != "nothing" and is_sure(info, found)
    return tuple(
        Bar(class_name(language, p.label), p.probability, f"{percent(p.probability, 1)} %", clear and p is found[0])
        for p in found
    )


def seen(language: Language, transforms: TransformSpec, plan: Blueprint, prepared: Prepared) -> str:
    """What was done to a picture to make the network's input of it."""
    channels = plan.input_shape[0]
    return text(
        language,
        "activations.seen.about",
        size=plan.size,
        fit=_fit(language, transforms, prepared.fit, plan.size),
        mean=_numbers(for_channels(transforms.mean, channels)),
        std=_numbers(for_channels(transforms.std, channels)),
    )


def place_facts(language: Language, plan: Blueprint, place: str, *, of_input: str) -> list[str]:
    """Shape and field of a place that has height and width; `of_input` names what is said of the input besides."""
    record = plan.by_place.get(place)
    shape = plan.input_shape if record is None else record.output_shape
    values = {"shape": shape_text(shape), "channels": shape[0], "cells": shape_text(shape[1:])}
    said = [text(language, "activations.maps.shape", place=place, **values)]
    ends = plan.layer(record.output) if isinstance(record, BlockRecord) else record
    if place == INPUT:
        said.append(text(language, of_input))
    if ends is not None:
        said.append(text(language, "activations.maps.field", step=ends.step, field=ends.receptive_field))
    return said


def source(language: Language, info: WeightsInfo) -> str:
    """Where weights come from."""
    return text(language, f"activations.source.{info.source.replace('-', '_')}")


def trained_on(language: Language, info: WeightsInfo) -> str:
    """What weights were trained on, and for how many classes."""
    return text(language, f"activations.trained_on.{info.trained_on}", classes=len(info.labels))


def accuracy(language: Language, info: WeightsInfo, size: int) -> str:
    """How good weights are at an input size or near it."""
    if info.trained_on == "nothing":
        return text(language, "activations.weights.meaningless")
    found = measured_near(info, size)
    if found is None:
        return text(language, "activations.weights.unmeasured")
    at, top1 = found
    if info.measured_on is None:
        return text(language, "activations.weights.accuracy_alone", top1=f"{top1:.1f}", size=at)
    values = {"top1": f"{top1:.1f}", "size": at, "images": f"{info.measured_on:,}"}
    return text(language, "activations.weights.accuracy", **values)


def accuracies(language: Language, info: WeightsInfo) -> str:
    """How good weights are at each input size that was measured."""
    sizes = (f"{text(language, 'architecture.pixels', n=n)} {top1:.1f}\u00a0%" for n, top1 in info.accuracies)
    return text(language, "activations.answer.size_matters", sizes=tuple(sizes))


def measured_near(info: WeightsInfo, size: int) -> tuple[int, float] | None:
    """The input size nearest to `size` at which the weights were measured, and their top-1 there in percent."""
    return min(info.accuracies, key=lambda row: abs(row[0] - size), default=None)


def shown(language: Language, info: WeightsInfo, lesions: Sequence[Lesion] = ()) -> str:
    """One phrase for what a picture shows: a trained residual network, a plain one, one cut, or an untrained one."""
    network = spec(info.network)
    if info.trained_on == "nothing":
        said = text(language, "lesions.shown.untrained", network=network.title)
    else:
        kind = {"resnet": "residual", "plain": "plain"}.get(network.family, "other")
        said = text(language, f"lesions.shown.{kind}", network=network.title, weights=source(language, info))
    # A plain block is its F(x): without it the block is gone.
    branch = "whole" if network.family == "plain" else "branch"
    cuts = (_cut(language, lesions, "branch", branch), _cut(language, lesions, "shortcut", "shortcut"))
    return "".join([said, *cuts])


def watched(
    language: Language, name: str, probabilities: tuple[float, float], best: tuple[Prediction, Prediction]
) -> str:
    """What became of the class `name`, and of the answer, from one pass to another."""
    before, after = (percent(probability, 1) for probability in probabilities)
    first, then = (class_name(language, one.label) for one in best)
    key = "stays" if best[0].index == best[1].index else "changes"
    said = [
        text(language, "lesions.answer.watched", name=name, before=before, after=after),
        text(language, f"lesions.answer.{key}", before=first, after=then),
    ]
    return prose(language, said)


def _cut(language: Language, lesions: Sequence[Lesion], part: str, what: str) -> str:
    names = tuple(lesion.block for lesion in lesions if lesion.part == part)
    if not names:
        return ""
    blocks = names if len(names) <= NAMED else text(language, "lesions.shown.count", count=len(names))
    return text(language, f"lesions.shown.without_{what}", blocks=blocks)


def _fit(language: Language, transforms: TransformSpec, fit: str, size: int) -> str:
    if fit == "squash":
        return text(language, "activations.seen.fit_squash")
    if transforms.resize is None:
        return text(language, "activations.seen.fit_crop")
    margin = round(size * transforms.resize / transforms.size)
    return text(language, "activations.seen.fit_crop_margin", resize=margin)


def _numbers(values: Iterable[float]) -> tuple[str, ...]:
    return tuple(f"{value:g}" for value in values)
