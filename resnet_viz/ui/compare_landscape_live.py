"""A coarse landscape computed now, on the visitor's picture and the samples, along directions of the visitor's choice."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st
import torch
from torch import Tensor

from resnet_viz.forward.images import decode, prepare, samples
from resnet_viz.lang import class_name
from resnet_viz.networks.catalog import spec
from resnet_viz.records import WeightsInfo
from resnet_viz.ui.activations_input import kept_picture
from resnet_viz.ui.cache import landscape_desk
from resnet_viz.ui.choices import choose
from resnet_viz.ui.compare_picture import provenance
from resnet_viz.ui.compare_planes import Drawn, planes
from resnet_viz.ui.landscape_job import LandscapeJob, Order
from resnet_viz.ui.state import language, t

SIZE = 96
"""Input side in pixels: as the stored landscapes have it."""

POINTS = ("7", "11", "15")
"""Points of a side."""

SEEDS = 9999


def live(infos: Sequence[WeightsInfo]) -> None:
    """Draw the section for the networks that were trained: what to compute, how far it is, what came out."""
    st.subheader(t("paths.live.title"), anchor=False)
    st.markdown(t("paths.live.about", size=SIZE))
    desk = landscape_desk()
    if desk.job is not None and desk.job.running and not desk.job.cancelled:
        _progress(desk.job)
    else:
        _ask(infos)
    if desk.job is not None and not desk.job.running:
        _show(desk.job, infos)


def _ask(infos: Sequence[WeightsInfo]) -> None:
    """Network, directions and grid, and the button that starts it."""
    by_name = {info.network: info for info in infos}
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        name = choose(
            t("paths.state"), tuple(by_name), key="landscape_network", name=lambda network: spec(network).title
        )
        points = choose(
            t("paths.live.points"),
            POINTS,
            key="landscape_points",
            name=lambda n: f"{n} x {n}",
            help=t("paths.live.help"),
        )
        seed = st.number_input(t("paths.live.seed"), 1, SEEDS, key="landscape_seed", persist_state="session", width=160)
        st.button(
            t("paths.live.start"),
            icon=":material/play_arrow:",
            key="landscape_start",
            on_click=_start,
            args=(by_name[name], int(seed), int(points)),
        )


def _start(info: WeightsInfo, seed: int, points: int) -> None:
    picture = kept_picture()
    order = Order(info.network, info.digest, seed, points, picture.digest if picture is not None else "")
    landscape_desk().start(order, partial(_pictures, info))


def _pictures(info: WeightsInfo) -> Tensor:
    """The visitor's picture and all samples, (N, 3, SIZE, SIZE)."""
    kept = kept_picture()
    pictures = [decode(sample.path.read_bytes()) for sample in samples()]
    if kept is not None and kept.source != "sample":
        pictures.insert(0, kept.decoded)
    return torch.cat([prepare(picture, info.transforms, SIZE).tensor for picture in pictures])


@st.fragment(run_every=0.5)
def _progress(job: LandscapeJob) -> None:
    if not job.running or job.cancelled:
        st.rerun()
    key = "waiting" if job.waiting else "running"
    st.progress(
        job.done / job.total,
        text=t(f"paths.live.{key}", done=job.done, total=job.total, network=spec(job.order.network).title),
    )
    st.button(t("paths.live.cancel"), icon=":material/stop:", key="landscape_cancel", on_click=job.cancel)


def _show(job: LandscapeJob, infos: Sequence[WeightsInfo]) -> None:
    """What came out, of the network that it was computed for."""
    info = next((info for info in infos if info.digest == job.order.digest), None)
    if info is None or job.plane is None:
        if job.cancelled:
            st.info(t("paths.live.cancelled"), icon=":material/info:")
        return
    side = len(job.plane.at)
    if side < job.order.points:
        st.info(t("paths.live.stopped", side=side, points=job.order.points), icon=":material/info:")
    if side == 1:
        return
    answers = " · ".join(class_name(language(), info.labels[index]) for index in job.answers)
    st.caption(
        t(
            "paths.live.provenance",
            network=provenance(info),
            images=len(job.answers),
            size=SIZE,
            seed=job.order.seed,
            answers=answers,
        )
    )
    planes([Drawn(info, job.plane)], "live")
