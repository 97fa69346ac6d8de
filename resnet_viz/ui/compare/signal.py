"""Signal and gradient at each layer of a residual network and a plain one, forwards and backwards, with what they show."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st
from torch import Tensor

from resnet_viz.analysis.signal import VIEWS, LayerSignal, as_csv
from resnet_viz.figures.signal import Curve, Kind, Point, layer_chart
from resnet_viz.networks.catalog import spec
from resnet_viz.networks.normalisation import NORMALISATIONS, Normalisation
from resnet_viz.networks.slim import DEPTHS as SLIM_DEPTHS
from resnet_viz.networks.slim import WIDTH
from resnet_viz.ui.cache import Loaded
from resnet_viz.ui.choices import choose, slide
from resnet_viz.ui.compare.passages import (
    DEPTHS,
    SLIM_SIZE,
    UNTRAINED_SIZE,
    Found,
    State,
    slender,
    trained,
    untrained,
)
from resnet_viz.ui.compare.picture import compared_picture, pair, provenance
from resnet_viz.ui.compare.signal_words import alive_text, gradient_text, remarks, signal_text
from resnet_viz.ui.errors import guard
from resnet_viz.ui.state import prose, t
from resnet_viz.ui.take_away.files import download_csv

KINDS: tuple[Kind, ...] = ("residual", "plain")
STATES: tuple[State, ...] = ("untrained", "trained", "slim")
NETWORKS = tuple(f"resnet{depth}" for depth in DEPTHS)


def passes() -> None:
    """Draw the section on what goes through, with its picture."""
    st.subheader(t("depth.title"), anchor=False)
    st.markdown(t("depth.about"))
    picture = compared_picture("name")
    if picture is not None:
        signal(picture.tensor, lambda: pair().both)


@st.fragment
@guard()
def signal(image: Tensor, trained_pair: Callable[[], Sequence[Loaded]]) -> None:
    """Draw the choices and what came out for an image (1, 3, H, W); `trained_pair` gives the two trained networks, if asked."""
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        state = choose(
            t("depth.state"), STATES, key="depth_state", name=lambda id: t(f"depth.states.{id}"), in_url=True
        )
        wanted = _wanted(state, image, trained_pair)
    st.caption(prose(wanted.said))
    for name in wanted.missing:
        st.info(t("depth.no_weights", network=name), icon=":material/info:")
    found = []
    for number, (name, make) in enumerate(wanted.passes.items(), start=1):
        with st.spinner(t("depth.running", network=name, number=number, networks=len(wanted.passes))):
            found.append(make())
    if not found:
        return
    _charts(found)
    remarks(found, wanted.how)
    download_csv(as_csv([(one.name, one.passage) for one in found]), f"signal-{state}", "csv_signal", t("depth.csv"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """The passes that are chosen, and what is to be said of them."""

    passes: Mapping[str, Callable[[], Found]]
    """What makes each network's pass, by the network's name; the residual one first."""
    how: Normalisation
    said: tuple[str, ...]
    """Where the networks come from, and how their batch norm runs."""
    missing: tuple[str, ...] = ()
    """Networks that cannot be shown, as they have no trained weights."""


def _wanted(state: State, image: Tensor, trained_pair: Callable[[], Sequence[Loaded]]) -> Wanted:
    """What is chosen; draws the choices beside that of the state."""
    if state == "trained":
        return _trained(trained_pair(), image)
    if state == "slim":
        layers, how = _slim_layers(), _norm()
        titles = {kind: t(f"depth.slim.{kind}", depth=layers) for kind in KINDS}
        passes = {title: partial(slender, kind, layers, how, image, title) for kind, title in titles.items()}
        said = t("depth.provenance.slim", width=WIDTH, size=SLIM_SIZE)
        return Wanted(passes, how, (said, _statistics(how)))
    chosen = choose(
        t("depth.network"),
        NETWORKS,
        key="depth_network",
        name=lambda id: spec(id).title,
        default="resnet50",
        in_url=True,
    )
    how = _norm()
    both = {spec(name).title: partial(untrained, name, how, image) for name in (chosen, spec(chosen).twin or chosen)}
    residual, plain = both
    said = t("depth.provenance.untrained", residual=residual, plain=plain, size=UNTRAINED_SIZE)
    return Wanted(both, how, (said, _statistics(how)))


def _trained(both: Sequence[Loaded], image: Tensor) -> Wanted:
    """The passes of those of the two that were trained."""
    ready = [loaded for loaded in both if loaded.info.trained_on != "nothing"]
    return Wanted(
        {spec(loaded.info.network).title: partial(trained, loaded, image) for loaded in ready},
        "batch",
        (
            *(t("depth.provenance.trained", network=provenance(loaded.info)) for loaded in ready),
            t("depth.statistics.running", size=image.shape[-1]),
        ),
        tuple(spec(loaded.info.network).title for loaded in both if loaded not in ready),
    )


def _statistics(how: Normalisation) -> str:
    return t(f"depth.statistics.{how}", views=VIEWS, copies=VIEWS - 1)


def _slim_layers() -> int:
    wanted = slide(
        t("depth.slim_depth"),
        key="depth_slim_layers",
        low=SLIM_DEPTHS[0],
        high=SLIM_DEPTHS[-1],
        default=SLIM_DEPTHS[4],
        step=SLIM_DEPTHS.step,
        format="%d",
        width=320,
    )
    return min(SLIM_DEPTHS, key=lambda depth: abs(depth - wanted))  # a link may name any number in between


def _norm() -> Normalisation:
    return choose(
        t("depth.norm"), NORMALISATIONS, key="depth_norm", name=lambda id: t(f"depth.norms.{id}"), in_url=True
    )


def _charts(found: Sequence[Found]) -> None:
    """Signal, gradient and living units, one chart each, with what to look at and what came out."""
    with st.grid(3, min_column_width=300):
        with st.container():
            _chart(found, "signal", lambda row: row.signal)
            st.caption(prose([t("depth.signal.look"), *map(signal_text, found)]))
        with st.container():
            _chart(found, "gradient", lambda row: row.gradient)
            st.caption(prose([t("depth.gradient.look"), *map(gradient_text, found)]))
        with st.container():
            _chart(found, "alive", lambda row: row.alive, log=False)
            st.caption(prose([t("depth.alive.look"), *map(alive_text, found)]))


def _chart(found: Sequence[Found], key: str, of: Callable[[LayerSignal], float | None], log: bool = True) -> None:
    title = t(f"depth.{key}.title")
    figure = layer_chart(
        [Curve(one.name, one.kind, _points(one, of)) for one in found],
        title=title,
        x_title=t("depth.layer"),
        log=log,
    )
    st.plotly_chart(figure, key=f"depth_{key}", config={"displayModeBar": False}, alt=title)


def _points(one: Found, of: Callable[[LayerSignal], float | None]) -> tuple[Point, ...]:
    values = ((row, of(row)) for row in one.passage.layers)
    return tuple(Point(row.layer, row.place, value, row.stream) for row, value in values if value is not None)
