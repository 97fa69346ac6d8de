"""Whether a state dict belongs to a network: class count read off its head, wrong keys and shapes named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

import torch
from torch import Tensor, nn

from resnet_viz.errors import WeightsError
from resnet_viz.networks.catalog import build
from resnet_viz.records import Shape

MAX_CLASSES = 100_000
_NAMED = 3
"""How many keys an error names before it only counts."""

_COUNTER = ".num_batches_tracked"
"""Batch norm's counter of training steps: files older than 2018 lack it, and nothing in a forward pass reads it."""

_TRAINING_ONLY = {"googlenet": ("aux1.", "aux2.")}
"""Prefixes of heads that a network has only while it is trained."""


def fit(network: str, shapes: Mapping[str, Shape], file: str) -> int:
    """The number of classes of a state dict with these shapes, which must be the network's, its head aside.

    Raises WeightsError `weights_keys` or `weights_shapes`, which name what is wrong.
    """
    expected = shapes_of(network, None)
    head = classifier(expected)
    classes = shapes.get(head, expected[head])[0] if shapes.get(head, expected[head]) else 0
    if 0 < classes <= MAX_CLASSES and classes != expected[head][0]:
        expected = shapes_of(network, classes)
    given = {key: shape for key, shape in shapes.items() if not _ignored(network, key)}
    missing = [key for key in expected if key not in given and not key.endswith(_COUNTER)]
    unexpected = [key for key in given if key not in expected]
    if missing or unexpected:
        raise WeightsError(
            "weights_keys", file=file, network=network, missing=_some(missing), unexpected=_some(unexpected)
        )
    wrong = [f"{key} {_shape(given[key])} ≠ {_shape(expected[key])}" for key in given if given[key] != expected[key]]
    if wrong:
        raise WeightsError("weights_shapes", file=file, network=network, wrong=_some(wrong))
    return classes


def assemble(network: str, classes: int, state: Mapping[str, Tensor], file: str) -> nn.Module:
    """The network with weights that `fit`, in evaluation mode; the tensors become its parameters, nothing is copied.

    Raises WeightsError `weights_unreadable` for weights that are no real numbers, `weights_not_finite` for NaN and
    infinite ones.
    """
    model = build(network, classes=classes, device="meta")
    wanted = {key: value for key, value in state.items() if not _ignored(network, key)}
    if any(not value.is_floating_point() and not key.endswith(_COUNTER) for key, value in wanted.items()):
        raise WeightsError("weights_unreadable", file=file)
    broken = [key for key, value in wanted.items() if value.is_floating_point() and not _finite(value)]
    if broken:
        raise WeightsError("weights_not_finite", file=file, wrong=_some(broken))
    for key in model.state_dict():
        if key.endswith(_COUNTER):
            wanted.setdefault(key, torch.tensor(0))
    model.load_state_dict(wanted, assign=True)
    return model.eval()


@lru_cache(maxsize=32)
def shapes_of(network: str, classes: int | None) -> Mapping[str, Shape]:
    """Shapes of a network's state dict by key, for the catalogue's number of classes (None) or another.

    Remembered: building a network takes twenty times longer than reading what a file says of itself.
    """
    model = build(network, classes=classes, device="meta")
    return MappingProxyType({key: tuple(value.shape) for key, value in model.state_dict().items()})


def classifier(shapes: Mapping[str, Shape]) -> str:
    """The key of the weight that gives one number for each class: the last matrix, in the order of the modules."""
    return [key for key, shape in shapes.items() if len(shape) == 2][-1]


def _finite(value: Tensor) -> bool:
    # A sum is NaN or infinite when anything in it is, and takes a tenth of the time of a mask; only a sum that
    # overflowed needs the mask.
    return bool(value.sum().isfinite()) or bool(value.isfinite().all())


def _ignored(network: str, key: str) -> bool:
    return key.startswith(_TRAINING_ONLY.get(network, ())) if network in _TRAINING_ONLY else False


def _some(items: Sequence[str]) -> tuple[str, ...]:
    more = [f"(+{len(items) - _NAMED})"] if len(items) > _NAMED else []
    return (*items[:_NAMED], *more) or ("-",)


def _shape(shape: Shape) -> str:
    return "x".join(map(str, shape)) or "()"
