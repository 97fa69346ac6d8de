"""A picture's way through the network in a report: small maps of stages and blocks, then the chosen place, large."""

from __future__ import annotations

from resnet_viz.analysis.heatmaps import is_vector, limits, reduce
from resnet_viz.analysis.rows import shape_text
from resnet_viz.analysis.way_rows import rows_on_show
from resnet_viz.forward.run import value
from resnet_viz.lang import prose
from resnet_viz.records import NETWORK
from resnet_viz.report import words
from resnet_viz.report.ask import Ask
from resnet_viz.report.maps import cells, output, over
from resnet_viz.report.parts import Groups, Part, Pictures, Section, Text

_SMALL, _LARGE = 104, 300
"""Pixels of a map's width on the screen."""


def way(ask: Ask) -> tuple[Section, ...]:
    """A map of each stage and block, each on its own colour scale."""
    subject = ask.subject
    groups: list[Pictures] = []
    for number, places in rows_on_show(subject.plan, subject.kept):
        if number is None:
            title = ask.t("architecture.head_short")
        else:
            shape = shape_text(subject.plan.stage(f"stage{number}").output_shape)
            title = f"{ask.t('common.stage', number=number)} · {shape}"
        maps = tuple(
            output(value(subject.program, subject.kept, place), place, caption=f"`{place}`") for place in places
        )
        groups.append(Pictures(maps, _SMALL, title))
    return (Section(ask.t("activations.way.title"), (Text(ask.t("report.way.about")), Groups(tuple(groups)))),)


def chosen_place(ask: Ask) -> tuple[Section, ...]:
    """The chosen place: over the picture and alone, with its shape and what its cells can see."""
    subject, place = ask.subject, ask.place
    tensor = value(subject.program, subject.kept, place)
    said = [ask.t("activations.maps.nothing_selected", place=place)] if ask.choices.place == NETWORK else []
    if is_vector(tensor):
        said.append(ask.t("activations.vector.about", place=place, count=tensor.numel()))
        pictures: tuple[Part, ...] = (Pictures((output(tensor, place),), _LARGE),)
    else:
        said += words.place_facts(ask.language, subject.plan, place, of_input="report.way.input")
        heatmap = reduce(tensor, place, "mean")
        ends = limits([heatmap])
        name = f"{place}, {ask.t('activations.maps.mean')}"
        both = (
            over(subject.prepared.seen, heatmap, ends, alt=name, caption=ask.t("activations.maps.over")),
            cells(heatmap, ends, alt=name, caption=ask.t("activations.maps.alone")),
        )
        pictures = (Pictures(both, _LARGE), Text(ask.t("report.way.mean"), "small"))
    return (Section(ask.t("report.way.place", place=place), (Text(prose(ask.language, said)), *pictures)),)
