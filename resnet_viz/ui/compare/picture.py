"""The picture and the two trained networks that all views of the comparison share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import streamlit as st

from resnet_viz.forward.images import prepare
from resnet_viz.networks import weights
from resnet_viz.networks.catalog import spec
from resnet_viz.networks.weights import bundled_file
from resnet_viz.records import Prepared, WeightsInfo
from resnet_viz.ui.activations.input import Picture, picture_name
from resnet_viz.ui.activations.seen import FITS
from resnet_viz.ui.activations.small_input import small_picture_input
from resnet_viz.ui.cache import Loaded, program, store
from resnet_viz.ui.choices import chosen
from resnet_viz.ui.state import current_network, current_size, t

RESIDUAL_NETWORK, PLAIN_NETWORK = "resnet50", "plain50"

Said = Literal["both", "one", "name"]
"""What is told of the picture: its size for both networks or for one, or its name alone."""

LARGEST_COMPARED = 320
"""Most pixels of a side: two networks, forwards and backwards with all that is kept, take 2 GB at this size."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The residual network and its plain twin, each with the bundled weights where there are any, else untrained."""

    residual: Loaded
    plain: Loaded

    @property
    def both(self) -> tuple[Loaded, Loaded]:
        """The two, the residual one first."""
        return self.residual, self.plain

    @property
    def controlled(self) -> bool:
        """Whether both were trained: else a difference says nothing about shortcuts."""
        return all(loaded.info.trained_on != "nothing" for loaded in self.both)


def pair() -> Pair:
    """The two networks, shared by all visitors: nothing may be written to them."""
    return Pair(_bundled_or_untrained(RESIDUAL_NETWORK), _bundled_or_untrained(PLAIN_NETWORK))


def compared_picture(said: Said = "both") -> Prepared | None:
    """Draw the picture, small, with what changes it. Returns it as both networks get it, (1, 3, size, size).

    It is the one of the activations page, or the first sample. None while no picture could be read. `said` below its name
    is that it is at its size for both networks or for one, or nothing where networks take it at sizes of their own.
    """
    small = small_picture_input()
    if small is None:
        return None
    prepared, size = _prepared(small.picture)
    small.show(prepared)
    with small.about:
        st.caption(t(f"compare_image.picture.{said}", name=picture_name(small.picture), size=size))
        if size < current_size():
            st.caption(t("compare_image.picture.capped", asked=current_size(), size=size))
    return prepared


def provenance(info: WeightsInfo) -> str:
    """What a network is and what it was trained on: `ResNet-50: bundled weights, Imagenette, 10 classes`."""
    if info.trained_on == "nothing":
        return t("compare_image.provenance.untrained", network=spec(info.network).title)
    return t(
        "compare_image.provenance.trained",
        network=spec(info.network).title,
        source=t(f"activations.source.{info.source.replace('-', '_')}"),
        trained_on=t(f"activations.trained_on.{info.trained_on}", classes=len(info.labels)),
    )


def _bundled_or_untrained(network: str) -> Loaded:
    return program(network, _choice(network))


def _choice(network: str) -> str:
    return "bundled" if bundled_file(network).is_file() else "none"


def _prepared(picture: Picture) -> tuple[Prepared, int]:
    """The picture as the two networks get it, and its side in pixels: both want the same scale and normalisation."""
    network = spec(current_network())
    fixed = network.min_size == network.max_size  # a size that LeNet takes is the size of no picture here
    size = spec(RESIDUAL_NETWORK).default_size if fixed else min(current_size(), LARGEST_COMPARED)
    fit = chosen("fit", FITS)
    # Of the weights' description alone: a picture can be shown before the networks are loaded.
    transforms = weights.resolve(RESIDUAL_NETWORK, _choice(RESIDUAL_NETWORK)).transforms
    made = store().get(
        ("compared", picture.digest, transforms, size, fit),
        lambda: prepare(picture.decoded, transforms, size, fit),
        lambda found: found.tensor.nbytes + 3 * size * size,
    )
    return made, size
