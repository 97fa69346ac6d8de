"""A residual network unravelled into its paths, and how much gradient each length of path carries on one picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import streamlit as st
from torch import Tensor

from resnet_viz.analysis.numbers import count, magnitude, percent
from resnet_viz.analysis.paths import Unravelled, as_csv, unravel
from resnet_viz.analysis.signal import VIEWS, views
from resnet_viz.blueprint import blueprint, read_blueprint
from resnet_viz.figures.paths import LengthBars, LengthLine, norm_chart, share_chart
from resnet_viz.forward.run import compile_program
from resnet_viz.networks.catalog import build, spec
from resnet_viz.networks.normalisation import normalised
from resnet_viz.ui.cache import Loaded, store
from resnet_viz.ui.choices import choose
from resnet_viz.ui.compare.passages import UNTRAINED_SIZE, digest
from resnet_viz.ui.compare.picture import RESIDUAL_NETWORK, compared_picture, pair, provenance
from resnet_viz.ui.errors import guard
from resnet_viz.ui.state import prose, t
from resnet_viz.ui.take_away.files import download_csv

State = Literal["trained", "untrained"]
STATES: tuple[State, ...] = ("trained", "untrained")

MOST = 0.9
"""The part of the gradient whose lengths are named."""

RECURRENCE = r"g_k \leftarrow S_l^{\top} g_k + J_l^{\top} g_{k-1}"
"""What a block does to the gradients by length on their way back, as LaTeX."""

_LENGTH_BYTES = 200
"""What one length's numbers take in memory, roughly."""

_BUTTONLESS = {"displayModeBar": False}


@dataclass(frozen=True, slots=True)
class Found:
    """One network's paths, and what was said of it."""

    title: str
    state: State
    said: str
    """Where the network comes from, and how its batch norm ran."""
    paths: Unravelled


def paths() -> None:
    """Draw the section on paths, with the picture whose gradient goes over them."""
    st.subheader(t("paths.title"), anchor=False)
    plan = blueprint(RESIDUAL_NETWORK, UNTRAINED_SIZE)
    blocks = len(plan.blocks)
    projections = sum(block.shortcut == "projection" for block in plan.blocks)
    st.markdown(t("paths.about", blocks=blocks, paths=count(2**blocks), projections=projections))
    st.latex(_product(blocks))
    st.markdown(t("paths.how"))
    st.latex(RECURRENCE)
    picture = compared_picture("name")
    if picture is not None:
        unravelled(picture.tensor, lambda: pair().residual)


@st.fragment
@guard()
def unravelled(image: Tensor, trained: Callable[[], Loaded]) -> None:
    """Draw how the gradient is spread for an image (1, 3, H, W); `trained` gives the residual network with its weights."""
    state = choose(t("paths.state"), STATES, key="paths_state", name=lambda id: t(f"paths.states.{id}"), in_url=True)
    found = _trained(trained(), image) if state == "trained" else _untrained(image)
    st.caption(found.said)
    _charts(found)
    st.markdown(_result(found))
    st.caption(t("paths.veit"))
    download_csv(as_csv(found.paths), f"paths-{RESIDUAL_NETWORK}-{state}", "csv_paths", t("paths.csv"))


def _trained(loaded: Loaded, image: Tensor) -> Found:
    """The paths of the network with its weights and its running statistics."""
    network, size = loaded.info.network, image.shape[-1]
    key = ("paths", network, loaded.info.digest, loaded.info.source, digest(image))
    plan = blueprint(network, size)
    found = _kept(key, lambda step: unravel(loaded.program, plan, image, _likeliest, step))
    said = t("paths.statistics.running", network=provenance(loaded.info), size=size)
    return Found(spec(network).title, "trained", said, found)


def _untrained(image: Tensor) -> Found:
    """The paths of the same network before training, with batch norm as it is while training."""

    def make(step: Callable[[int, int], None]) -> Unravelled:
        model = normalised(build(RESIDUAL_NETWORK), "batch")
        plan = read_blueprint(model, RESIDUAL_NETWORK, UNTRAINED_SIZE)
        return unravel(compile_program(model, plan), plan, views(image, UNTRAINED_SIZE), _likeliest, step)

    found = _kept(("paths", RESIDUAL_NETWORK, "untrained", digest(image)), make)
    title = spec(RESIDUAL_NETWORK).title
    named = t("compare_image.provenance.untrained", network=title)
    said = t("paths.statistics.batch", network=named, size=UNTRAINED_SIZE, views=VIEWS, copies=VIEWS - 1)
    return Found(title, "untrained", said, found)


def _likeliest(logits: Tensor) -> Tensor:
    """The logit of the class that the network finds likeliest for the first image."""
    return logits[0].max()


def _kept(key: tuple[str, ...], make: Callable[[Callable[[int, int], None]], Unravelled]) -> Unravelled:
    """What is kept under a key, else made with a bar that shows how far it is."""

    def with_bar() -> Unravelled:
        bar = st.progress(0.0, text=t("paths.running"))
        found = make(lambda done, total: _show(bar.progress, done, total))
        bar.empty()
        return found

    return store().get(key, with_bar, lambda found: _LENGTH_BYTES * len(found.lengths))


def _show(progress: Callable[..., object], done: int, total: int) -> None:
    progress(done / total, text=t("paths.at_block", done=done, total=total))


def _charts(found: Found) -> None:
    """Shares and norms by length, with what to look at."""
    rows = found.paths.lengths
    with st.grid(2, min_column_width=300):
        with st.container():
            title = t("paths.shares.title")
            figure = share_chart(
                LengthBars(t("paths.shares.paths"), tuple(row.paths / found.paths.paths for row in rows)),
                LengthBars(t("paths.shares.gradient"), tuple(row.share for row in rows)),
                title=title,
                x_title=t("paths.length"),
            )
            st.plotly_chart(figure, key="paths_shares", config=_BUTTONLESS, alt=title)
            st.caption(t("paths.shares.look"))
        with st.container():
            title = t("paths.norms.title")
            figure = norm_chart(
                LengthLine(t("paths.norms.together"), tuple(row.norm for row in rows)),
                LengthLine(t("paths.norms.single"), tuple(row.norm_per_path for row in rows)),
                title=title,
                x_title=t("paths.length"),
            )
            st.plotly_chart(figure, key="paths_norms", config=_BUTTONLESS, alt=title)
            st.caption(t("paths.norms.look"))


def _result(found: Found) -> str:
    """What came out, in numbers."""
    paths = found.paths
    low, high = paths.carrying(MOST)
    said = t(
        "paths.result",
        network=found.title,
        state=t(f"paths.states.{found.state}").lower(),
        mean=f"{paths.mean_length:g}",
        gradient=f"{paths.mean_length_of_gradient:.1f}",
        low=low,
        high=high,
        most=f"{100 * MOST:g} %",
        share=percent(paths.share_of_paths((low, high)), 1),
    )
    ratio = paths.mean_length_of_gradient - paths.mean_length
    verdict = "shorter" if ratio < -1 else "longer" if ratio > 1 else "alike"
    ends = paths.lengths[0].norm_per_path, paths.lengths[-1].norm_per_path
    single = t("paths.single", longest=paths.blocks, first=magnitude(ends[0]), last=magnitude(ends[1]))
    check = t("paths.check", gap=magnitude(paths.gap) if paths.gap else "0")
    against = [t("paths.against", share=percent(paths.against, 1))] if paths.against > 0.005 else []
    return prose([said, t(f"paths.verdict.{verdict}"), single, *against, check])


def _product(blocks: int) -> str:
    """The chain rule over all blocks, as LaTeX."""
    return (
        rf"\frac{{\partial s}}{{\partial x_0}}=\prod_{{l=1}}^{{{blocks}}}(S_l+J_l)^{{\top}}\;"
        rf"\frac{{\partial s}}{{\partial x_{{{blocks}}}}}"
    )
