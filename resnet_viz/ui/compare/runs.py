"""One picture through both networks: answers in the page's hands, the large tensors in the session's store."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor

from resnet_viz.analysis.growth import BlockNorm, growth
from resnet_viz.blueprint import blueprint
from resnet_viz.figures.signal import Kind
from resnet_viz.forward.run import forward, predictions, value
from resnet_viz.networks.catalog import spec
from resnet_viz.records import Activations, Blueprint, Prediction, Prepared
from resnet_viz.ui.cache import Loaded, store
from resnet_viz.ui.compare.passages import digest
from resnet_viz.ui.compare.picture import Pair


@dataclass(frozen=True, slots=True)
class Side:
    """One network's pass, without the activations behind it."""

    kind: Kind
    loaded: Loaded
    plan: Blueprint
    prepared: Prepared
    predictions: tuple[Prediction, ...]
    key: tuple[str, ...]
    """Names network, weights and picture."""

    @property
    def title(self) -> str:
        """What the network is called."""
        return spec(self.plan.network).title


Both = tuple[Side, Side]
"""The residual network's pass and the plain one's."""


def run_both(pair: Pair, prepared: Prepared) -> Both:
    """Both answers to a picture (1, 3, size, size)."""
    picture = digest(prepared.tensor)
    return _run("residual", pair.residual, prepared, picture), _run("plain", pair.plain, prepared, picture)


def run_residual(pair: Pair, prepared: Prepared) -> Side:
    """The residual network's pass alone."""
    return _run("residual", pair.residual, prepared, digest(prepared.tensor))


def activations(side: Side) -> Activations:
    """What the pass kept; computed again where the store has given it back."""
    return _pass(side.key, side.loaded, side.prepared.tensor)


def output(side: Side, place: str) -> Tensor:
    """The output of a place, (1, C, H, W) or (1, N)."""
    return value(side.loaded.program, activations(side), place)


def norms(side: Side) -> tuple[BlockNorm, ...]:
    """The norms of the network's blocks on this picture."""
    return store().get(
        ("growth", side.key),
        lambda: growth(side.loaded.program, side.plan, activations(side)),
        lambda rows: 200 * len(rows),
    )


def _run(kind: Kind, loaded: Loaded, prepared: Prepared, picture: str) -> Side:
    info = loaded.info
    key = (info.network, info.digest, info.source, picture)
    kept = _pass(key, loaded, prepared.tensor)
    plan = blueprint(info.network, prepared.tensor.shape[-1])
    return Side(kind, loaded, plan, prepared, predictions(kept, info, k=5), key)


def _pass(key: tuple[str, ...], loaded: Loaded, image: Tensor) -> Activations:
    return store().get(("compared pass", key), lambda: forward(loaded.program, image), lambda kept: kept.nbytes)
