"""A backbone's side outputs on the visitor's picture: the finest map to the coarsest, beside each other."""

from __future__ import annotations

import streamlit as st

from resnet_viz.analysis.heatmaps import limits, reduce, to_uint8
from resnet_viz.analysis.rows import shape_text
from resnet_viz.analysis.side_outputs import side_outputs
from resnet_viz.blueprint import blueprint
from resnet_viz.figures.overlays import SIDE, alone
from resnet_viz.figures.palette import colour_map
from resnet_viz.forward.images import prepare
from resnet_viz.forward.run import forward, value
from resnet_viz.records import Heatmap, Prepared
from resnet_viz.ui.activations.input import Picture, picture_name
from resnet_viz.ui.activations.seen import FITS
from resnet_viz.ui.activations.small_input import small_picture_input
from resnet_viz.ui.cache import Loaded, program, store
from resnet_viz.ui.choices import chosen
from resnet_viz.ui.compare.picture import provenance
from resnet_viz.ui.errors import guard
from resnet_viz.ui.state import prose, t


@st.fragment
@guard()
def output_maps(network: str, size: int) -> None:
    """Draw the picture and a map of each side output: the mean over its channels, in colours of its own range."""
    small = small_picture_input()
    if small is None:
        return
    picture, loaded = small.picture, program(network)
    prepared = _prepared(picture, loaded, size)
    small.show(prepared)
    with small.about:
        st.caption(prose([t("networks.outputs.maps.about", name=picture_name(picture), size=size)]))
        st.caption(provenance(loaded.info))
    with st.spinner(t("activations.running")):
        made = _maps(picture, loaded, prepared)
    _draw(made, network, size)


def _draw(made: tuple[Heatmap, ...], network: str, size: int) -> None:
    outs = side_outputs(blueprint(network, size))
    with st.grid(len(outs), min_column_width=140):
        for out, heatmap in zip(outs, made, strict=True):
            levels = to_uint8(heatmap, *limits([heatmap]))
            name = f"{out.level} · {out.module} · {shape_text(out.shape)}"
            picture = alone(levels, colour_map(signed=heatmap.signed), side=SIDE)
            st.image(picture, width="stretch", caption=name, output_format="PNG", alt=name)
    first, last = outs[0], outs[-1]
    said = t(
        "networks.outputs.maps.result",
        first=first.level,
        first_px=first.step,
        last=last.level,
        last_px=last.step,
        field=last.receptive_field,
        size=size,
    )
    st.caption(prose([t("networks.outputs.maps.look"), said]))


def _prepared(picture: Picture, loaded: Loaded, size: int) -> Prepared:
    return prepare(picture.decoded, loaded.info.transforms, size, chosen("fit", FITS))


def _maps(picture: Picture, loaded: Loaded, prepared: Prepared) -> tuple[Heatmap, ...]:
    """The maps alone are kept, not the activations behind them."""
    info, size = loaded.info, prepared.tensor.shape[-1]

    def make() -> tuple[Heatmap, ...]:
        kept = forward(loaded.program, prepared.tensor)
        outs = side_outputs(blueprint(info.network, size))
        return tuple(reduce(value(loaded.program, kept, out.place), out.place, "mean") for out in outs)

    key = "side outputs", picture.digest, info.network, info.digest, info.source, size, prepared.fit
    return store().get(key, make, lambda maps: sum(one.values.nbytes for one in maps))
