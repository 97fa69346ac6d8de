"""One pass, and what the page keeps of it: little in the session's state, the large tensors in its store with a budget.

A pass of a large picture may exceed the budget and is then not kept: all that needs it is taken from it at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import streamlit as st
from torch import Tensor

from resnet_viz.analysis.extent import extent
from resnet_viz.analysis.heatmaps import Reduction
from resnet_viz.blueprint import blueprint
from resnet_viz.forward.images import prepare
from resnet_viz.forward.run import forward, predictions, value
from resnet_viz.records import NETWORK, Activations, Blueprint, Prediction, Prepared
from resnet_viz.ui.activations.input import Picture
from resnet_viz.ui.activations.way import Limits, Way, make_way
from resnet_viz.ui.cache import Loaded, store
from resnet_viz.ui.state import selected

Fit = Literal["crop", "squash"]

_LAST = "activations_result"


@dataclass(frozen=True, slots=True)
class Result:
    """An answer to a picture, without the activations behind it."""

    key: tuple[str, ...]
    """Names picture, network, weights, size and fit: never the same for two different passes."""
    picture: Picture
    plan: Blueprint
    loaded: Loaded
    prepared: Prepared
    predictions: tuple[Prediction, ...]


def run(picture: Picture, network: str, size: int, loaded: Loaded, fit: Fit) -> Result:
    """The answer to a picture, computed unless it is the last one. Raises NetworkError for a size that is not taken."""
    info = loaded.info
    key = (picture.digest, network, info.digest, info.source, info.origin, str(size), fit)
    last = last_result()
    if last is not None and last.key == key:
        if (last.picture.name, last.picture.source) != (picture.name, picture.source):
            last = replace(last, picture=picture)  # the same bytes, called otherwise: a copy of a sample is no sample
            st.session_state[_LAST] = last
        return last
    plan = blueprint(network, size)
    prepared = prepare(picture.decoded, loaded.info.transforms, size, fit, channels=plan.input_shape[0])
    kept = forward(loaded.program, prepared.tensor)
    result = Result(key, picture, plan, loaded, prepared, predictions(kept, loaded.info, k=5))
    store().get(("pass", key), lambda: kept, _bytes_kept)
    way(result, kept)
    tensor_at(result, shown_place(plan), kept)
    st.session_state[_LAST] = result
    return result


def last_result() -> Result | None:
    """The last answer of this session."""
    found: Result | None = st.session_state.get(_LAST)
    return found


def shown_place(plan: Blueprint) -> str:
    """The place whose maps are on show: the selected one; the end of the last stage while none is selected."""
    place = selected(plan)
    return plan.stages[-1].name if place == NETWORK else place


def way(result: Result, kept: Activations | None = None) -> Way:
    """The picture's way through the network; `kept` saves a pass where the store does not have it."""
    return store().get(
        ("way", result.key),
        lambda: make_way(result.plan, result.loaded.program, kept or activations(result), result.prepared.seen),
        lambda made: made.nbytes,
    )


def network_limits(result: Result, how: Reduction) -> Limits:
    """The least and largest value of one kind of map over all stages and blocks; of `channel`, over all their channels."""
    return store().get(
        ("limits", result.key, how),
        lambda: extent(way(result).places, result.loaded.program, activations(result), how),
        lambda _: 0,
    )


def tensor_at(result: Result, place: str, kept: Activations | None = None) -> Tensor:
    """The output of a place, (1, C, H, W) or (1, N)."""
    return store().get(
        ("place", result.key, place),
        lambda: value(result.loaded.program, kept or activations(result), place),
        lambda tensor: tensor.numel() * tensor.element_size(),
    )


def activations(result: Result) -> Activations:
    """What the pass kept; computed again where the store has given it back."""
    program, tensor = result.loaded.program, result.prepared.tensor
    return store().get(("pass", result.key), lambda: forward(program, tensor), _bytes_kept)


def _bytes_kept(kept: Activations) -> int:
    return kept.nbytes
