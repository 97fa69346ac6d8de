"""The picture, small, on pages that are about something else: with words beside it, and a way to change it."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from resnet_viz.records import Prepared
from resnet_viz.ui.activations.input import Picture, picture_input, picture_name
from resnet_viz.ui.state import t

_THUMBNAIL = 112


@dataclass(frozen=True, slots=True)
class SmallPicture:
    """The chosen picture, and where it is shown."""

    picture: Picture
    about: DeltaGenerator
    """Where words about it go."""
    _left: DeltaGenerator

    def show(self, prepared: Prepared) -> None:
        """Draw the picture as the network gets it."""
        self._left.image(prepared.seen.convert("RGB"), width=_THUMBNAIL, alt=picture_name(self.picture))


def small_picture_input() -> SmallPicture | None:
    """Draw the choice of the picture; None, with a sentence that says so, while none could be read."""
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="compared_picture"):
        left = st.container(width="content")
        with st.container(width="stretch", gap="xsmall"):
            about = st.container()
            with st.popover(t("compare_image.picture.change"), icon=":material/add_photo_alternate:"):
                picture = picture_input()
    if picture is None:
        st.info(t("activations.nothing_yet"), icon=":material/info:")
        return None
    return SmallPicture(picture, about, left)
