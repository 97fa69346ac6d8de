"""Signal and gradient at each layer of a residual network and a plain one, forwards and backwards, with what they show."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import streamlit as st
from torch import Tensor

from resnet_viz.analysis.signal import VIEWS, LayerSignal, as_csv
from resnet_viz.figures.signal import Curve, Kind, Point, layer_chart
from resnet_viz.networks.catalog import spec
from resnet_viz.networks.normalisation import NORMALISATIONS, Normalisation
from resnet_viz.networks.slim import DEPTHS as SLIM_DEPTHS
from resnet_viz.networks.slim import WIDTH
from resnet_viz.ui.cache import Loaded
from resnet_viz.ui.choices import choose
from resnet_viz.ui.compare_passages import DEPTHS, Found, State, slender, trained, untrained
from resnet_viz.ui.compare_picture import compared_picture, pair, provenance
from resnet_viz.ui.numbers import magnitude
from resnet_viz.ui.state import t

KINDS: tuple[Kind, ...] = ("residual", "plain")
STATES: tuple[State, ...] = ("untrained", "trained", "slim")
NETWORKS = tuple(f"resnet{depth}" for depth in DEPTHS)


def passes() -> None:
    """Draw the picture, and the section on what goes through."""
    picture = compared_picture()
    if picture is not None:
        signal(picture.tensor, lambda: pair().both)


@st.fragment
def signal(image: Tensor, trained_pair: Callable[[], Sequence[Loaded]]) -> None:
    """Draw the section for an image (1, 3, H, W); `trained_pair` gives the two networks with their weights, if asked."""
    st.subheader(t("depth.title"), anchor=False)
    st.markdown(t("depth.about"))
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        state = choose(
            t("depth.state"), STATES, key="depth_state", name=lambda id: t(f"depth.states.{id}"), in_url=True
        )
        found, how = _passes(state, image, trained_pair)
    if not found:
        return
    _charts(found)
    _he(found, how)
    st.download_button(
        t("depth.csv"),
        data=as_csv([(one.name, one.passage) for one in found]),
        file_name=f"signal-{state}.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
    )


def _passes(
    state: State, image: Tensor, trained_pair: Callable[[], Sequence[Loaded]]
) -> tuple[list[Found], Normalisation]:
    """The passes of what is chosen, residual first; draws the other choices, and what is said of the networks below."""
    if state == "trained":
        return _trained(trained_pair(), image), "batch"
    if state == "slim":
        layers = st.slider(
            t("depth.slim_depth"),
            SLIM_DEPTHS[0],
            SLIM_DEPTHS[-1],
            SLIM_DEPTHS[4],
            SLIM_DEPTHS.step,
            key="depth_slim_layers",
            persist_state="session",
            width=320,
        )
        how = _norm()
        with st.spinner(t("depth.running")):
            found = [slender(kind, layers, how, image, t(f"depth.slim.{kind}", depth=layers)) for kind in KINDS]
        said = t("depth.provenance.slim", width=WIDTH, size=found[0].size)
    else:
        chosen = choose(
            t("depth.network"), NETWORKS, key="depth_network", name=lambda id: spec(id).title, default="resnet50"
        )
        how = _norm()
        twin = spec(chosen).twin or chosen
        with st.spinner(t("depth.running")):
            found = [untrained(network, how, image) for network in (chosen, twin)]
        said = t("depth.provenance.untrained", residual=found[0].name, plain=found[1].name, size=found[0].size)
    return found, _said(said, how)


def _norm() -> Normalisation:
    return choose(
        t("depth.norm"), NORMALISATIONS, key="depth_norm", name=lambda id: t(f"depth.norms.{id}"), in_url=True
    )


def _said(said: str, how: Normalisation) -> Normalisation:
    st.caption(f"{said} {t(f'depth.statistics.{how}', views=VIEWS, copies=VIEWS - 1)}")
    return how


def _trained(both: Sequence[Loaded], image: Tensor) -> list[Found]:
    """The passes of those of the two that were trained."""
    ready = [loaded for loaded in both if loaded.info.trained_on != "nothing"]
    missing = [spec(loaded.info.network).title for loaded in both if loaded.info.trained_on == "nothing"]
    lines = [t("depth.provenance.trained", network=provenance(loaded.info)) for loaded in ready]
    lines.append(t("depth.statistics.running", size=image.shape[-1]))
    st.caption(" ".join(lines))
    for title in missing:
        st.info(t("depth.no_weights", network=title), icon=":material/info:")
    with st.spinner(t("depth.running")):
        return [trained(loaded, image) for loaded in ready]


def _charts(found: Sequence[Found]) -> None:
    """Signal, gradient and living units, one chart each, with what to look at and what came out."""
    with st.grid(3, min_column_width=300):
        with st.container():
            _chart(found, "signal", lambda row: row.signal)
            st.caption(f"{t('depth.signal.look')} {_each(found, _signal_text)}")
        with st.container():
            _chart(found, "gradient", lambda row: row.gradient)
            st.caption(f"{t('depth.gradient.look')} {_each(found, _gradient_text)}")
        with st.container():
            _chart(found, "alive", lambda row: row.alive, log=False)
            st.caption(f"{t('depth.alive.look')} {_each(found, _alive_text)}")


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


def _each(found: Sequence[Found], say: Callable[[Found], str]) -> str:
    return " ".join(say(one) for one in found)


def _signal_text(one: Found) -> str:
    return t("depth.signal.result", network=one.name, change=fold(one.passage.signal_ratio))


def _gradient_text(one: Found) -> str:
    ratio, stream = one.passage.gradient_ratio, one.passage.stream
    steps = stream[-1].layer - stream[0].layer
    each = magnitude(ratio ** (1 / steps)) if ratio > 0 and math.isfinite(ratio) else "0"
    return t("depth.gradient.result", network=one.name, change=fold(ratio), each=each)


def _alive_text(one: Found) -> str:
    least = one.passage.least_alive
    return t("depth.alive.result", network=one.name, share=f"{100 * (least.alive or 0):.0f}", layer=least.layer)


def fold(ratio: float) -> str:
    """How something changes, in words: `grows 120-fold`, `falls to 1/9.5`."""
    if not math.isfinite(ratio) or ratio <= 0:
        return t("depth.gone")
    if magnitude(ratio) == "1":
        return t("depth.same")
    return t("depth.grows", factor=magnitude(ratio)) if ratio >= 1 else t("depth.falls", factor=magnitude(1 / ratio))


def _he(found: Sequence[Found], how: Normalisation) -> None:
    """What He et al. say of the gradients of their plain networks, and what these networks' do."""
    by_kind = {one.kind: one for one in found}
    with st.container(border=True):
        st.markdown(t("depth.he.says"))
        if (plain := by_kind.get("plain")) is not None:
            verdict = plain.passage.verdict
            st.markdown(t(f"depth.he.{verdict}", network=plain.name, change=fold(plain.passage.gradient_ratio)))
            if verdict == "explodes" and how == "batch":
                st.markdown(t("depth.he.yang"))
        if (residual := by_kind.get("residual")) is not None and how == "none":
            st.markdown(_doubling(residual))
        st.markdown(t("depth.he.so"))


def _doubling(residual: Found) -> str:
    blocks = len(residual.passage.stream) - 1
    return t(
        "depth.he.doubles",
        network=residual.name,
        blocks=blocks,
        change=fold(residual.passage.signal_ratio),
        theory=magnitude(2 ** (blocks / 2)),
    )
