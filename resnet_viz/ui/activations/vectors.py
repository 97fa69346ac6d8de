"""A place whose output is a vector, pooled features or logits: its numbers as cells, the largest as bars."""

from __future__ import annotations

import numpy as np
import streamlit as st
from PIL import Image
from torch import Tensor

from resnet_viz.analysis.heatmaps import limits, reduce, to_uint8
from resnet_viz.figures.bars import ANSWER_COLOR, Bar, bars
from resnet_viz.figures.overlays import fold, number, png
from resnet_viz.figures.palette import colour_map
from resnet_viz.records import Heatmap
from resnet_viz.ui.activations.answer import class_name
from resnet_viz.ui.activations.run import Result
from resnet_viz.ui.colour_bar import colour_bar
from resnet_viz.ui.state import t
from resnet_viz.ui.take_away.files import download_png

_SHOWN = 10
_WIDTH = 640


def vectors(result: Result, place: str, tensor: Tensor) -> None:
    """Draw a vector: its cells read row by row, beside the largest of them with their names."""
    heatmap = reduce(tensor.flatten(1), place, "mean")
    low, high = limits([heatmap])
    grid = fold(colour_map(signed=heatmap.signed)[to_uint8(heatmap, low, high).ravel()])
    times = max(1, _WIDTH // grid.width)
    picture = grid.resize((grid.width * times, grid.height * times), Image.Resampling.NEAREST)
    cells, largest = st.columns([3, 2], gap="medium")
    with cells:
        st.image(picture, width="stretch", alt=place)
        colour_bar(heatmap, low, high)
        st.caption(t("activations.vector.about", place=place, count=f"{heatmap.values.size:,}"))
        name = f"{result.plan.network}-{place}"
        download_png(lambda: png(picture), name, "vector_download", t("activations.maps.download"))
    with largest:
        _largest(result, place, heatmap)


def _largest(result: Result, place: str, heatmap: Heatmap) -> None:
    values = heatmap.values.ravel()
    order = np.argsort(-values)[:_SHOWN]
    logits = place == result.plan.layers[-1].name
    labels = result.loaded.info.labels
    names = [class_name(labels[n]) if logits else t("activations.vector.channel", index=n) for n in order]
    st.markdown(t("activations.vector.logits" if logits else "activations.vector.largest", count=len(order)))
    rows = [
        Bar(name, float(values[n]), number(float(values[n])), n == order[0])
        for name, n in zip(names, order, strict=True)
    ]
    st.html(bars(rows, color=ANSWER_COLOR))
