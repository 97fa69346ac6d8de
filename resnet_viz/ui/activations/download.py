"""ImageNet weights that are not on this machine yet: offered, fetched with progress, stopped on demand."""

from __future__ import annotations

import streamlit as st

from resnet_viz.lang import sentence
from resnet_viz.networks.pretrained import Version, enum_of
from resnet_viz.ui.download_job import DownloadJob
from resnet_viz.ui.state import language, t

_JOB = "activations_download"


def download_panel(network: str, version: Version) -> None:
    """Offer the download, or show how far it is."""
    job = _job(network, version)
    if job is not None and job.running:
        _progress(job)
        return
    if job is not None and job.error is not None and not job.cancelled:
        st.error(sentence(language(), job.error), icon=":material/error:")
    if job is not None and job.cancelled:
        st.info(t("activations.download.cancelled"), icon=":material/info:")
    st.caption(t("activations.download.offer", megabytes=_megabytes(network, version)))
    st.button(
        t("activations.download.start"),
        icon=":material/download:",
        key="download_start",
        on_click=_start,
        args=(network, version),
    )


@st.fragment(run_every=0.5)
def _progress(job: DownloadJob) -> None:
    if not job.running:
        st.rerun()
    share = min(job.done / job.total, 1.0) if job.total else 0.0
    done, total = f"{job.done / 1e6:.1f}", f"{job.total / 1e6:.1f}" if job.total else "?"
    st.progress(share, text=t("activations.download.progress", done=done, total=total))
    st.button(t("activations.download.cancel"), icon=":material/close:", key="download_cancel", on_click=job.cancel)


def _job(network: str, version: Version) -> DownloadJob | None:
    job: DownloadJob | None = st.session_state.get(_JOB)
    return job if job is not None and (job.network, job.version) == (network, version) else None


def _start(network: str, version: Version) -> None:
    running: DownloadJob | None = st.session_state.get(_JOB)
    if running is not None:
        running.cancel()
    st.session_state[_JOB] = DownloadJob(network, version)


def _megabytes(network: str, version: Version) -> str:
    """Size of the file in MB of 10^6 bytes; torchvision's own figure counts 2^20."""
    return f"{enum_of(network, version).meta['_file_size'] * 2**20 / 10**6:.0f}"
