"""The weights: which, what they were trained on, how good they are; a file or a download where one is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Literal, cast

import streamlit as st

from resnet_viz.networks.checkpoint import MAX_BYTES
from resnet_viz.networks.pretrained import Version, is_cached
from resnet_viz.networks.weights import choices
from resnet_viz.records import WeightsInfo
from resnet_viz.report import words
from resnet_viz.ui.activations.download import download_panel
from resnet_viz.ui.cache import Loaded, program, program_of_file
from resnet_viz.ui.choices import choose
from resnet_viz.ui.errors import guard
from resnet_viz.ui.state import language, t

_FILE = "activations_weights_file"
_UPLOAD = "weights_file"

Colour = Literal["green", "blue", "orange", "red"]
_COLOURS: dict[str, Colour] = {"imagenet": "green", "imagenette": "blue", "unknown": "orange", "nothing": "red"}


@dataclass(frozen=True, slots=True)
class _FromFile:
    """The visitor's file, in the network that it was given for."""

    file_id: str
    loaded: Loaded


def weights_input(network: str) -> Loaded | None:
    """Draw the choice of weights. Returns the network with them, or None while they are not there."""
    options = ("auto", "file", *choices(network))
    choice = choose(
        t("activations.weights.label"),
        options,
        key="weights",
        name=lambda option: _option_name(network, option),
        draw="select",
        in_url=True,
        help=t("activations.weights.help"),
    )
    loaded: Loaded | None = None
    if choice == "file":
        loaded = _file(network)
    elif choice.startswith("imagenet") and not is_cached(network, cast("Version", choice)):
        download_panel(network, cast("Version", choice))
    else:
        with guard():
            loaded = program(network, choice)
    return loaded


def badges(info: WeightsInfo, size: int, key: str = "weights_badges") -> None:
    """Say which weights these are, what they were trained on, and how good they are at an input size or near it."""
    color = _COLOURS[info.trained_on]
    with st.container(horizontal=True, gap="xsmall", key=key):
        st.badge(words.source(language(), info), color=color, icon=":material/tune:")
        st.badge(words.trained_on(language(), info), color=color)
        st.badge(words.accuracy(language(), info, size), color=color)


def _option_name(network: str, option: str) -> str:
    name = t(f"activations.weights.{option.replace('-', '_')}")
    if option.startswith("imagenet") and not is_cached(network, cast("Version", option)):
        return t("activations.weights.not_here", name=name)
    return name


def _file(network: str) -> Loaded | None:
    """The visitor's file in this network; the last one that fitted it while no other is given."""
    most = min(MAX_BYTES // 10**6, st.get_option("server.maxUploadSize"))
    file = st.file_uploader(
        t("activations.weights.file_label", megabytes=most),
        key=_UPLOAD,
        max_upload_size=most,
        help=t("activations.weights.file_help"),
    )
    kept: _FromFile | None = st.session_state.get(_FILE)
    if file is not None and (kept is None or (kept.file_id, kept.loaded.info.network) != (file.file_id, network)):
        kept = None
        with guard():
            kept = _FromFile(file.file_id, program_of_file(network, partial(_uploaded, file.file_id), file.name))
            st.session_state[_FILE] = kept
    return kept.loaded if kept is not None and kept.loaded.info.network == network else None


def _uploaded(file_id: str) -> bytes | None:
    """The file as Streamlit keeps it: until another is given, or the visitor takes it away or goes to another page."""
    file = st.session_state.get(_UPLOAD)
    return file.getvalue() if file is not None and file.file_id == file_id else None
