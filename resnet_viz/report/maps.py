"""Heatmaps as pictures of a document: small files, each with what its colours span."""

from __future__ import annotations

from PIL import Image
from torch import Tensor

from resnet_viz.analysis.heatmaps import is_vector, limits, reduce, to_uint8
from resnet_viz.figures.gallery import table_png
from resnet_viz.figures.overlays import OPACITY, SIDE, fold, gradient, jpeg, overlay, png
from resnet_viz.figures.palette import colour_map
from resnet_viz.records import Heatmap
from resnet_viz.report.parts import Picture, Scale

_LEAST = 96
"""Pixels of a map's shorter side in its file: enlarged cell by cell, so that whatever draws it draws squares."""

Ends = tuple[float, float]


def cells(heatmap: Heatmap, ends: Ends | None, *, alt: str, caption: str = "") -> Picture:
    """A map by itself, its cells as squares; on its own scale where `ends` are not given."""
    low, high = limits([heatmap]) if ends is None else ends
    data = table_png(to_uint8(heatmap, low, high), colour_map(signed=heatmap.signed), least=_LEAST)
    return Picture(data, "image/png", spoken(alt, heatmap), caption, scale(heatmap, (low, high)), crisp=True)


def over(seen: Image.Image, heatmap: Heatmap, ends: Ends, *, alt: str, caption: str = "") -> Picture:
    """A map over the picture that the network saw; the picture alone where the map has one value everywhere."""
    if heatmap.low == heatmap.high:
        return Picture(jpeg(seen.convert("RGB")), "image/jpeg", spoken(alt, heatmap), caption)
    levels, colours = to_uint8(heatmap, *ends), colour_map(signed=heatmap.signed)
    data = jpeg(overlay(seen, levels, colours, OPACITY, side=SIDE))
    return Picture(data, "image/jpeg", spoken(alt, heatmap), caption, scale(heatmap, ends))


def output(tensor: Tensor, place: str, *, caption: str = "") -> Picture:
    """The mean over the channels of a place, or its vector row by row, on its own scale."""
    if not is_vector(tensor):
        return cells(reduce(tensor, place, "mean"), None, alt=place, caption=caption)
    heatmap = reduce(tensor.flatten(1), place, "mean")
    ends, colours = limits([heatmap]), colour_map(signed=heatmap.signed)
    data = png(fold(colours[to_uint8(heatmap, *ends)[0]]))
    return Picture(data, "image/png", spoken(place, heatmap), caption, scale(heatmap, ends), crisp=True)


def scale(heatmap: Heatmap, ends: Ends) -> Scale:
    """The colours of a map with their ends; the middle of diverging ones is zero."""
    low, high = (short(end) for end in ends)
    return Scale(gradient(colour_map(signed=heatmap.signed)), (low, "0", high) if heatmap.signed else (low, high))


def spoken(name: str, heatmap: Heatmap) -> str:
    """A map for who cannot see it."""
    return f"{name}: {short(heatmap.low)} – {short(heatmap.high)}"


def short(value: float) -> str:
    """A value in three significant digits: what there is room for below a small map."""
    return f"{value:.3g}"
