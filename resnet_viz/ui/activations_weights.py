"""The weights: which, what they were trained on, how good they are; a file or a download where one is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

import streamlit as st

from resnet_viz.networks.checkpoint import MAX_BYTES
from resnet_viz.networks.pretrained import Version, is_cached
from resnet_viz.networks.weights import choices
from resnet_viz.records import WeightsInfo
from resnet_viz.ui.activations_download import download_panel
from resnet_viz.ui.cache import Loaded, program
from resnet_viz.ui.choices import choose
from resnet_viz.ui.errors import guard
from resnet_viz.ui.state import t

_FILE = "activations_weights_file"

Colour = Literal["green", "blue", "orange", "red"]
_COLOURS: dict[str, Colour] = {"imagenet": "green", "imagenette": "blue", "unknown": "orange", "nothing": "red"}


@dataclass(frozen=True, slots=True)
class _FromFile:
    """The visitor's file, loaded into one network."""

    file_id: str
    network: str
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


def badges(info: WeightsInfo) -> None:
    """Say which weights these are, what they were trained on and how good they are."""
    with st.container(horizontal=True, gap="xsmall", key="weights_badges"):
        st.badge(t(f"activations.source.{info.source.replace('-', '_')}"), color=_colour(info), icon=":material/tune:")
        st.badge(t(f"activations.trained_on.{info.trained_on}", classes=len(info.labels)), color=_colour(info))
        st.badge(_accuracy(info), color=_colour(info) if info.top1 is not None else "orange")


def _accuracy(info: WeightsInfo) -> str:
    if info.trained_on == "nothing":
        return t("activations.weights.meaningless")
    if info.top1 is None:
        return t("activations.weights.unmeasured")
    return t(
        "activations.weights.accuracy",
        top1=f"{info.top1:.1f}",
        size=info.measured_at,
        images=f"{info.measured_on:,}" if info.measured_on else "?",
    )


def _colour(info: WeightsInfo) -> Colour:
    return _COLOURS[info.trained_on]


def _option_name(network: str, option: str) -> str:
    name = t(f"activations.weights.{option.replace('-', '_')}")
    if option.startswith("imagenet") and not is_cached(network, cast("Version", option)):
        return t("activations.weights.not_here", name=name)
    return name


def _file(network: str) -> Loaded | None:
    """The visitor's file in this network; the last one that fitted it while no other is given."""
    file = st.file_uploader(
        t("activations.weights.file_label"),
        key="weights_file",
        max_upload_size=min(MAX_BYTES // 10**6, st.get_option("server.maxUploadSize")),
        help=t("activations.weights.file_help"),
    )
    kept: _FromFile | None = st.session_state.get(_FILE)
    if file is not None and (kept is None or (kept.file_id, kept.network) != (file.file_id, network)):
        kept = None
        with guard():
            kept = _FromFile(file.file_id, network, program(network, file.getvalue(), file.name))
            st.session_state[_FILE] = kept
    return kept.loaded if kept is not None and kept.network == network else None
