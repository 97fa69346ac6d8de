"""A view as a short script: copied or kept, it prints the same numbers without this app."""

from __future__ import annotations

import streamlit as st

from resnet_viz.analysis import scripts
from resnet_viz.forward.images import Sample, samples
from resnet_viz.ui.activations.input import Picture
from resnet_viz.ui.activations.run import Result
from resnet_viz.ui.state import t
from resnet_viz.ui.take_away.files import download


def copy_as_pytorch(script: str, key: str) -> None:
    """Draw a script, closed until it is asked for, with a button that copies it and one that keeps it as a file."""
    with st.expander(t("take_away.pytorch"), icon=":material/code:"):
        st.caption(t("take_away.pytorch_about"))
        st.code(script, language="python", height=360)
        download(t("take_away.py"), script, f"{key}.py", "text/x-python", f"{key}_script")


def opening(result: Result) -> str:
    """The lines that load the picture and the network of a result, and print its answer."""
    info, decoded = result.loaded.info, result.picture.decoded
    network, size, fit = result.plan.network, result.plan.size, result.prepared.fit
    return scripts.opening(network, info, size, fit, image_path(result.picture), notes=decoded.notes)


def image_path(picture: Picture) -> str:
    """Where a script finds the picture: a sample in the project, any other beside the script, under its own name."""
    if picture.source == "sample":
        return sample_path(next(sample for sample in samples() if sample.name == picture.name))
    return picture.name or "photo.jpg"


def sample_path(sample: Sample) -> str:
    """Where a script that is run in the project's folder finds a sample."""
    return f"assets/samples/{sample.path.name}"
