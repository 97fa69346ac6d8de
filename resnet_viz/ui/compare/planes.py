"""Planes of losses on the page: surface and contours on one scale, and what they come to in numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from resnet_viz.analysis.landscape import Plane
from resnet_viz.analysis.numbers import magnitude
from resnet_viz.figures.landscape import Ground, Scale, Words, contours, scale_of, surface
from resnet_viz.networks.catalog import spec
from resnet_viz.records import WeightsInfo
from resnet_viz.ui.state import prose, t

_PLOTLY = {"displayModeBar": False, "scrollZoom": False}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A plane and what it is the plane of."""

    info: WeightsInfo
    plane: Plane

    @property
    def title(self) -> str:
        """What the network is called."""
        return spec(self.info.network).title


def planes(drawn: Sequence[Drawn], key: str, *, comparable: bool = True, shared: bool = True) -> None:
    """Surface and contours of each plane, all on one scale, with what to look at and what came out.

    Two are compared if they are `comparable`: of the same pictures, along the same directions. Where other charts stand
    on the page, the scale is not `shared` with them.
    """
    grounds = [Ground(one.plane.at, one.plane.losses, one.plane.right) for one in drawn]
    scale = scale_of(grounds, _chance(drawn[0].info))
    words = Words(**{name: t(f"paths.landscape.words.{name}") for name in Words.__dataclass_fields__})
    with st.grid(2, min_column_width=300):
        for one, ground in zip(drawn, grounds, strict=True):
            _pair_of_charts(one, ground, scale, words, f"{key}_{one.info.network}")
    capped = [t("paths.landscape.capped", top=f"{scale.high:.2f}")] if scale.capped else []
    scaled = "paths.landscape.one_scale" if shared else "paths.landscape.own_scale"
    st.caption(prose([t("paths.landscape.look"), t(scaled), t("paths.landscape.glimpse"), *capped]))
    for one in drawn:
        st.markdown(result(one))
    if len(drawn) == 2 and comparable:
        st.markdown(_compared(drawn[0], drawn[1]))


def result(one: Drawn) -> str:
    """What a landscape comes to, in numbers."""
    plane, chance = one.plane, _chance(one.info)
    middle = len(plane.at) // 2
    loss, a, b = plane.lowest
    edge = plane.at[-1]
    said = t(
        "paths.landscape.result",
        network=one.title,
        centre=_nats(plane.centre),
        right=f"{100 * plane.right[middle][middle]:.0f} %",
        inside=f"{100 * plane.within(chance):.0f} %",
        chance=f"{chance:.2f}",
        edge=f"{edge:g}",
    )
    lower = "paths.landscape.lower" if (a, b) != (0, 0) else "paths.landscape.lowest"
    least = t(lower, lowest=_nats(loss), a=f"{a:g}", b=f"{b:g}")
    reach = plane.reach(chance)
    key = "paths.landscape.never" if reach >= edge else "paths.landscape.reach"
    return prose([said, t(key, reach=f"{reach:.2f}", edge=f"{edge:g}"), least])


def _pair_of_charts(one: Drawn, ground: Ground, scale: Scale, words: Words, key: str) -> None:
    for kind, draw in (("surface", surface), ("contours", contours)):
        with st.container():
            title = t(f"paths.landscape.{kind}", network=one.title)
            st.plotly_chart(draw(ground, scale, words, title=title), key=f"{key}_{kind}", config=_PLOTLY, alt=title)


def _compared(one: Drawn, other: Drawn) -> str:
    """Which of two landscapes is wider, by the distance at which the loss comes to that of chance."""
    reaches = [drawn.plane.reach(_chance(drawn.info)) for drawn in (one, other)]
    wider, narrower = (one, other) if reaches[0] >= reaches[1] else (other, one)
    key = "alike" if max(reaches) <= 1.1 * min(reaches) else "wider"
    return t(
        f"paths.landscape.compared.{key}",
        wider=wider.title,
        narrower=narrower.title,
        far=f"{max(reaches):.2f}",
        near=f"{min(reaches):.2f}",
    )


def _nats(loss: float) -> str:
    return f"{loss:.3f}" if loss < 100 else magnitude(loss)


def _chance(info: WeightsInfo) -> float:
    return math.log(len(info.labels))
