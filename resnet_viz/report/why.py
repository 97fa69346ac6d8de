"""Where the network finds the chosen class: its maps by each method, at the chosen place."""

from __future__ import annotations

from resnet_viz.analysis.class_maps import METHODS, NAMES, Method, class_maps
from resnet_viz.analysis.heatmaps import limits
from resnet_viz.figures.overlays import number
from resnet_viz.lang import prose
from resnet_viz.records import Heatmap
from resnet_viz.report.ask import Ask
from resnet_viz.report.maps import Ends, over
from resnet_viz.report.parts import Pictures, Section, Text


def class_maps_over(ask: Ask) -> tuple[Section, ...]:
    """A map of each method over the picture, and what the values of each are."""
    subject, place = ask.subject, ask.place_with_map
    maps = class_maps(subject.program, subject.kept, place, ask.choices.class_index)
    pictures = tuple(
        over(
            subject.prepared.seen,
            one,
            ends_of(one),
            alt=f"{NAMES[method]}, {place}",
            caption=_caption(ask, method, one),
        )
        for method, one in zip(METHODS, maps, strict=True)
    )
    logit = number(float(subject.kept.logits[ask.choices.class_index]))
    said = [ask.t("report.why.about", name=ask.class_name, logit=logit, place=place), ask.t("why.look", place=place)]
    if place != ask.place:
        said.append(ask.t("why.vector", place=ask.place, shown=place))
    notes = [ask.t(f"why.about.{method.replace('-', '_')}") for method in METHODS]
    untrained = (Text(ask.t("why.untrained"), "note"),) if subject.info.trained_on == "nothing" else ()
    parts = (
        *untrained,
        Text(prose(ask.language, said)),
        Pictures(pictures, 200),
        *(Text(note, "small") for note in notes),
    )
    return (Section(ask.t("report.why.heading", name=ask.class_name), parts),)


def ends_of(heatmap: Heatmap) -> Ends:
    """From zero for what cannot be below it, else equally far to both sides."""
    low, high = limits([heatmap])
    return (low, high) if heatmap.signed else (0.0, high)


def _caption(ask: Ask, method: Method, heatmap: Heatmap) -> str:
    if heatmap.low != heatmap.high:
        return f"**{NAMES[method]}**"
    key = "why.zero" if heatmap.high == 0 else "why.flat"
    return ask.t(key, name=NAMES[method], value=number(heatmap.high))
