"""The map and the photo side by side in the browser: a cell or a pixel under the pointer, and what was clicked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import streamlit as st
from PIL import Image

from resnet_viz.analysis.fields_of_cells import Spans, spans
from resnet_viz.analysis.heatmaps import limits, reduce, to_uint8
from resnet_viz.figures.overlays import Levels, data_uri, gradient, jpeg, number, paint, png
from resnet_viz.figures.palette import colour_map
from resnet_viz.records import Heatmap
from resnet_viz.ui.activations.run import Result, tensor_at
from resnet_viz.ui.cache import store
from resnet_viz.ui.scripts import script
from resnet_viz.ui.state import language, t
from resnet_viz.ui.why.drawn import scale

KEY = "fields"
SHARE = 99.5
"""Percentage of the pixels that a gradient reaches whose colours differ."""

_PHOTO = 448
"""Pixels of the photo's side at most."""
_HERE = Path(__file__).parent
_COMPONENT = st.components.v2.component(
    "resnet_viz_fields",
    html='<div class="fields"></div>',
    css=(_HERE / "fields.css").read_text(encoding="utf-8"),
    js=script(_HERE / "fields.js"),
)
_LABELS = ("photo", "gradient", "move_cell", "move_pixel", "cell", "pixel", "no_pixel", "seen", "unseen")

_GAPS = ("row", "column", "top", "bottom", "left", "right", "high", "wide", "count", "all")

Field = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Shown:
    """What is chosen, and who sees what."""

    cell: tuple[int, int]
    pixel: tuple[int, int] | None
    spans: Spans
    shortest: Spans | None
    """By the shortest of several ways."""
    gradient: Field | None
    """None while it is computed."""


def component(result: Result, one: Heatmap, title: str, shown: Shown, on_click: Callable[[str], None]) -> None:
    """Draw a map and the photo, and the stages below them; `on_click` gets which was clicked, `cell` or `pixel`."""
    # What the browser fills in stays in braces.
    gaps = {name: f"{{{name}}}" for name in _GAPS}
    pictures = store().get(
        ("field pictures", result.key),
        lambda: (_photo(result), _stages(result)),
        lambda made: len(made[0]) + sum(len(stage["picture"]) for stage in made[1]),
    )
    data = {
        "id": "/".join((*result.key, one.place, title, language())),
        "side": result.plan.size,
        "cell": shown.cell,
        "pixel": shown.pixel,
        "spans": shown.spans.tolist(),
        "shortest": None if shown.shortest is None else shown.shortest.tolist(),
        "gradient": None if shown.gradient is None else _gradient(shown.gradient),
        "photo": pictures[0],
        "map": _url(_painted(one, scale([one]))),
        "stages": pictures[1],
        "labels": {name: t(f"fields.{name}", **gaps) for name in _LABELS}
        | {"map": t("fields.map", title=title, place=one.place)},
    }
    _COMPONENT(data=data, key=KEY, on_cell_change=lambda: on_click("cell"), on_pixel_change=lambda: on_click("pixel"))


def clicked(name: str) -> tuple[int, int] | None:
    """The row and column of the click that is being reported."""
    value = st.session_state[KEY].get(name)
    return None if value is None else (int(value[0]), int(value[1]))


def painted(field: Field) -> tuple[Levels, float]:
    """A field that is not zero everywhere as levels of colour, and the value at which its colours end."""
    high = float(np.percentile(field[field > 0], SHARE))
    return (255 * np.clip(field / high, 0, 1)).round().astype(np.uint8), high


def _gradient(field: Field) -> Mapping[str, object] | None:
    """A field to lay over the photo, clear where it is zero, with its colours and the ends of their scale."""
    if not field.any():
        return None
    (levels, high), colours = painted(field), colour_map(signed=False)
    # The square root lets what is faint be seen; the hue is on a straight scale.
    opacity = (255 * np.sqrt(levels / 255)).round().astype(np.uint8)
    picture = Image.fromarray(np.dstack([colours[levels], opacity]), "RGBA")
    return {"picture": _url(picture), "ends": ["0", number(high)], "colours": gradient(colours)}


def _stages(result: Result) -> list[dict[str, Any]]:
    """Each stage's map of its mean over channels, and which pixels its cells see."""
    found = []
    for stage in result.plan.stages:
        if len(stage.output_shape) == 3:
            mean = reduce(tensor_at(result, stage.name), stage.name, "mean")
            picture = _url(_painted(mean, limits([mean])))
            found.append({"name": stage.name, "spans": spans(result.plan, stage.name).tolist(), "picture": picture})
    return found


def _painted(one: Heatmap, ends: tuple[float, float]) -> Image.Image:
    return paint(to_uint8(one, *ends), colour_map(signed=one.signed))


def _photo(result: Result) -> str:
    seen = result.prepared.seen.convert("RGB")
    seen.thumbnail((_PHOTO, _PHOTO))
    return data_uri(jpeg(seen), "image/jpeg")


def _url(picture: Image.Image) -> str:
    return data_uri(png(picture), "image/png")
