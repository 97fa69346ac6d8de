"""The history of depth as two charts: over the years, and over what a pass costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import plotly.graph_objects as go
import streamlit as st

from resnet_viz.analysis.family import Accuracy, Member
from resnet_viz.analysis.numbers import short
from resnet_viz.figures.history import Bubble, Side, accuracy_chart, depth_chart
from resnet_viz.figures.signal import Kind
from resnet_viz.ui.networks.counted import counted_network, show_counted
from resnet_viz.ui.networks.members import members
from resnet_viz.ui.state import prose, t

_SIDES: Mapping[str, Side] = MappingProxyType(
    {"googlenet": "middle left", "vgg16": "bottom center", "vgg19": "top center"}
)
"""Where names stand over the years; to the right of the bubble where nothing is said."""
_BESIDE: Mapping[str, float] = MappingProxyType({"googlenet": -0.42, "vgg16": 0.0, "vgg19": 0.14})
"""How far a network stands from the middle of its year, where others of it are nearly as deep."""
_COST_SIDES: Mapping[str, Side] = MappingProxyType(
    {
        "googlenet": "middle left",
        "resnet34": "middle left",
        "resnet50": "middle left",
        "resnet101": "bottom right",
        "vgg16": "bottom center",
    }
)
_NEWER_SIDES: Mapping[str, Side] = MappingProxyType({"resnet50": "middle left", "resnet101": "top left"})
"""Where they stand over the cost, and with the newer recipe's accuracy."""


def charts() -> None:
    """Draw both charts, side by side where there is room, each with what to look at and what came out."""
    found = members()
    with st.grid(2, min_column_width=340):
        with st.container():
            _years(found)
        with st.container():
            _costs(found)


def _years(found: Sequence[Member]) -> None:
    title = t("networks.history.depth_title")
    years = sorted({one.origin.year for one in found})
    at = {one.title: years.index(one.origin.year) + _BESIDE.get(one.origin.network, 0.0) for one in found}
    bubbles = [
        Bubble(one.title, at[one.title], one.depth, one.params, _kind(one), _side(one, _SIDES), _hover(one))
        for one in found
    ]
    figure = depth_chart(bubbles, years, _kinds(), title=title, y_title=t("networks.history.depth_axis"))
    _clickable(figure, [one.origin.network for one in found], "history_depth", title)
    deepest, largest = max(found, key=lambda one: one.depth), max(found, key=lambda one: one.params)
    said = t(
        "networks.history.depth_result",
        first=found[0].title,
        first_depth=found[0].depth,
        deepest=deepest.title,
        depth=deepest.depth,
        params=short(deepest.params),
        largest=largest.title,
        largest_depth=largest.depth,
        largest_params=short(largest.params),
    )
    st.caption(prose([t("networks.history.depth_look"), said]))


def _costs(found: Sequence[Member]) -> None:
    title = t("networks.history.cost_title")
    known = [(one, accuracy) for one in found for accuracy in one.accuracies]
    figure = accuracy_chart(
        [_measured(one, accuracy) for one, accuracy in known],
        _kinds(),
        title=title,
        x_title=t("networks.history.cost_axis"),
        y_title=t("networks.history.accuracy_axis"),
    )
    _clickable(figure, [one.origin.network for one, _ in known], "history_cost", title)
    st.caption(prose([t("networks.history.cost_look"), *_cost_said(found)]))


def _cost_said(found: Sequence[Member]) -> list[str]:
    """The cheapest that is at least as good as the dearest, and what a newer recipe adds to one and the same network."""
    first = {one.title: (one, known.top1) for one in found if (known := one.accuracy("imagenet-v1"))}
    newer = {one.title: known.top1 for one in found if (known := one.accuracy("imagenet-v2"))}
    dear, top1 = max(first.values(), key=lambda entry: entry[0].macs)
    cheap, cheap_top1 = min((entry for entry in first.values() if entry[1] >= top1), key=lambda entry: entry[0].macs)
    gains = {title: top1 - first[title][1] for title, top1 in newer.items()}
    most = max(gains, key=gains.__getitem__)
    return [
        t(
            "networks.history.cost_result",
            dear=dear.title,
            dear_macs=short(dear.macs),
            dear_top1=f"{top1:.1f}",
            cheap=cheap.title,
            cheap_macs=short(cheap.macs),
            cheap_top1=f"{cheap_top1:.1f}",
        ),
        t("networks.history.recipe_result", network=most, points=f"{gains[most]:.1f}"),
    ]


def _measured(one: Member, accuracy: Accuracy) -> Bubble:
    """A network with one version of its weights; the newer one as a ring."""
    newer = accuracy.version == "imagenet-v2"
    name = f"{one.title} V2" if newer else one.title
    side = _side(one, _NEWER_SIDES if newer else _COST_SIDES)
    hover = f"{name}: {accuracy.top1:.2f} %<br>{_hover(one)}"
    return Bubble(name, one.macs / 1e9, accuracy.top1, one.params, _kind(one), side, hover, hollow=newer)


def _kinds() -> dict[Kind, str]:
    return {"residual": t("networks.history.with"), "plain": t("networks.history.without")}


def _kind(one: Member) -> Kind:
    return "residual" if one.shortcuts else "plain"


def _side(one: Member, sides: Mapping[str, Side]) -> Side:
    return sides.get(one.origin.network, "middle right")


def _hover(one: Member) -> str:
    return t("networks.history.hover", name=one.title, depth=one.depth, params=short(one.params), macs=short(one.macs))


def _clickable(figure: go.Figure, networks: Sequence[str], key: str, alt: str) -> None:
    """Draw a chart whose bubble n stands for `networks[n]`; a click on it shows how that one's depth is counted."""
    # A new key for each choice: the browser would keep the clicked point chosen when another is chosen elsewhere.
    name = f"{key} {counted_network()}"

    def report() -> None:
        points = st.session_state[name]["selection"]["points"]
        if points:
            show_counted(networks[int(points[0]["point_index"])])

    st.plotly_chart(figure, key=name, on_select=report, config={"displayModeBar": False}, alt=alt)
