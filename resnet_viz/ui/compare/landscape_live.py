"""A coarse landscape computed now, on the visitor's picture and the samples, along directions of the visitor's choice."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
import torch
from torch import Tensor

from resnet_viz.analysis.landscape import as_csv
from resnet_viz.forward.images import decode, prepare, samples
from resnet_viz.lang import class_name
from resnet_viz.networks.catalog import spec
from resnet_viz.records import WeightsInfo
from resnet_viz.ui.activations.input import kept_picture
from resnet_viz.ui.cache import desk
from resnet_viz.ui.choices import choose
from resnet_viz.ui.compare.picture import provenance
from resnet_viz.ui.compare.planes import Drawn, planes
from resnet_viz.ui.job_progress import in_progress, job_progress
from resnet_viz.ui.jobs import Job
from resnet_viz.ui.landscape_job import Landscape, Order, landscape_work
from resnet_viz.ui.state import language, t
from resnet_viz.ui.take_away.files import download_csv

SIZE = 96
"""Input side in pixels: as the stored landscapes have it."""

POINTS = ("7", "11", "15")
"""Points of a side."""

SEEDS = 9999

LAST_POINT = 3.0
"""Seconds to wait for the point that a stopped landscape is at, so that what is whole can be drawn."""

KIND = "landscape"
"""What the session's desk knows the work by."""

_KEPT = "landscape_kept"
"""Session key of the last landscape before the one that the desk has: on show while that one has nothing to draw."""


def live(infos: Sequence[WeightsInfo]) -> None:
    """Draw the section for the networks that were trained: what to compute, how far it is, what came out."""
    st.subheader(t("paths.live.title"), anchor=False)
    st.markdown(t("paths.live.about", size=SIZE))
    job = desk().job(KIND)
    if job is not None and in_progress(job):
        job_progress(job, t("paths.live.what"))
        st.caption(t("paths.live.leaving"))
        _show_kept(infos)
        return
    _ask(infos)
    st.caption(t("paths.live.leaving"))
    if job is None:
        return
    job.wait(LAST_POINT)
    if job.error is not None:
        raise job.error
    found = _drawable(job)
    if found is not None:
        _show(found, infos)
        return
    if not job.running:
        st.info(t("paths.live.cancelled"), icon=":material/info:")
    _show_kept(infos)


def stop() -> None:
    """Stop what runs: the visitor has turned to something else. What is whole by then is there when he comes back."""
    job = desk().job(KIND)
    if job is not None:
        job.cancel()


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
    before = desk().job(KIND)
    found = None if before is None else _drawable(before)
    if found is not None:
        st.session_state[_KEPT] = found
    picture = kept_picture()
    order = Order(info.network, info.digest, seed, points, picture.digest if picture is not None else "")
    desk().start(KIND, order, landscape_work(order, _pictures(info)))


def _pictures(info: WeightsInfo) -> Tensor:
    """The visitor's picture and all samples, (N, 3, SIZE, SIZE)."""
    kept = kept_picture()
    pictures = [decode(sample.path.read_bytes()) for sample in samples()]
    if kept is not None and kept.source != "sample":
        pictures.insert(0, kept.decoded)
    return torch.cat([prepare(picture, info.transforms, SIZE).tensor for picture in pictures])


def _drawable(job: Job[object]) -> Landscape | None:
    """What came out of a job, where it is more than a point."""
    return job.result if isinstance(job.result, Landscape) and job.result.drawable else None


def _show_kept(infos: Sequence[WeightsInfo]) -> None:
    """The landscape before the last one, which has nothing to draw."""
    kept = st.session_state.get(_KEPT)
    if isinstance(kept, Landscape) and _info(kept, infos) is not None:
        st.caption(t("paths.live.before"))
        _show(kept, infos)


def _info(found: Landscape, infos: Sequence[WeightsInfo]) -> WeightsInfo | None:
    return next((info for info in infos if info.digest == found.order.digest), None)


def _show(found: Landscape, infos: Sequence[WeightsInfo]) -> None:
    """What came out, of the network that it was computed for."""
    order, plane, info = found.order, found.plane, _info(found, infos)
    if info is None:
        return
    side = len(plane.at)
    if side < order.points:
        st.info(t("paths.live.stopped", side=side, points=order.points), icon=":material/info:")
    answers = " · ".join(class_name(language(), info.labels[index]) for index in found.answers)
    st.caption(
        t(
            "paths.live.provenance",
            network=provenance(info),
            images=len(found.answers),
            size=SIZE,
            seed=order.seed,
            answers=answers,
        )
    )
    planes([Drawn(info, plane)], "live", shared=False)
    name = f"landscape-{order.network}-{order.seed}"
    download_csv(lambda: as_csv([(order.network, plane)]), name, "csv_landscape_live", t("paths.live.csv"))
