"""Passes forwards and backwards through a residual network and its plain twin: trained, untrained, or slim and deep."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from torch import Tensor, nn

from resnet_viz.analysis.signal import Passage, passage, views
from resnet_viz.blueprint import blueprint, read_blueprint
from resnet_viz.figures.signal import Kind
from resnet_viz.forward.run import compile_program
from resnet_viz.networks.catalog import build, spec
from resnet_viz.networks.normalisation import Normalisation, normalised
from resnet_viz.networks.residual import STAGE_BLOCKS
from resnet_viz.networks.slim import slim
from resnet_viz.ui.cache import Loaded, store

State = Literal["untrained", "trained", "slim"]

UNTRAINED_SIZE = 112
"""Input side in pixels of untrained networks: four pictures at once, as quickly as one of 224."""
SLIM_SIZE = 32

DEPTHS = tuple(STAGE_BLOCKS)
"""Depths of the catalogue's residual networks and their plain twins."""

_LAYER_BYTES = 500
"""What one layer's numbers take in memory, roughly."""


@dataclass(frozen=True, slots=True)
class Found:
    """One network's pass, and what it was."""

    name: str
    kind: Kind
    passage: Passage
    depth: int
    size: int
    """Input side in pixels."""


def trained(loaded: Loaded, image: Tensor) -> Found:
    """The pass of one image (1, C, H, W) through a network with its weights and its running statistics."""
    size = image.shape[-1]
    network = loaded.info.network
    plan = blueprint(network, size)
    key = ("passage", network, loaded.info.digest, loaded.info.source, digest(image))
    found = store().get(key, lambda: passage(loaded.program, plan, image), _size)
    return Found(spec(network).title, _kind(network), found, plan.depth, size)


def untrained(network: str, how: Normalisation, image: Tensor) -> Found:
    """The pass through a network of the catalogue with the starting values of seed 0."""
    key = ("passage", network, how, UNTRAINED_SIZE, digest(image))
    found = store().get(key, lambda: _through(build(network), network, how, image, UNTRAINED_SIZE), _size)
    depth = blueprint(network, UNTRAINED_SIZE).depth
    return Found(spec(network).title, _kind(network), found, depth, UNTRAINED_SIZE)


def slender(kind: Kind, depth: int, how: Normalisation, image: Tensor, title: str) -> Found:
    """The pass through an untrained slim network of any depth; `title` is what it is called."""
    key = ("passage", kind, depth, how, digest(image))
    found = store().get(key, lambda: _through(slim(kind, depth), kind, how, image, SLIM_SIZE), _size)
    return Found(title, kind, found, depth, SLIM_SIZE)


def _through(model: nn.Module, name: str, how: Normalisation, image: Tensor, size: int) -> Passage:
    ready = normalised(model, how)
    plan = read_blueprint(ready, name, size)
    return passage(compile_program(ready, plan), plan, views(image, size))


def _kind(network: str) -> Kind:
    return "plain" if spec(network).family == "plain" else "residual"


def digest(image: Tensor) -> str:
    """SHA-256 of an image's numbers: what results of it are kept under."""
    return sha256(image.contiguous().numpy().tobytes()).hexdigest()


def _size(found: Passage) -> int:
    return _LAYER_BYTES * len(found.layers)
