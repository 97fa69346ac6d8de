"""A file of weights with its card: read, and written so that it is whole or not there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import safetensors.torch
from torch import Tensor, nn

from resnet_viz.networks import card as cards
from resnet_viz.networks.card import Card, Storage
from resnet_viz.networks.checkpoint import outline, tensors
from resnet_viz.networks.files import replacing
from resnet_viz.networks.fitting import assemble, fit
from resnet_viz.networks.imagenette import is_imagenette, labels
from resnet_viz.networks.measured import SUFFIX, with_measurements
from resnet_viz.training.data import TrainingError, transforms
from resnet_viz.training.models import network_of

LICENCE = "MIT"
"""Of weights that this recipe makes: the project's own."""

IMAGENETTE_TERMS = (
    "Imagenette, 160 pixels (fast.ai, https://github.com/fastai/imagenette, repository under Apache-2.0): ten classes "
    "of ImageNet. The images are their photographers' and carry their own terms; none of them is in this file."
)


@dataclass(frozen=True, slots=True)
class Run:
    """What a training run left: weights in float32 and its record."""

    state: Mapping[str, Tensor]
    record: Mapping[str, object]

    @property
    def network(self) -> str:
        """The catalogue's name of what was trained."""
        return network_of(str(self.record["arch"]))

    @property
    def classes(self) -> tuple[str, ...]:
        """Names of the class folders."""
        found = self.record["classes"]
        return tuple(map(str, found)) if isinstance(found, list) else ()

    @property
    def size(self) -> int:
        """Input size of the last epochs, in pixels."""
        arguments = self.record["args"]
        schedule = arguments["schedule"] if isinstance(arguments, dict) else ""
        return int(str(schedule).rsplit(",", maxsplit=1)[-1].split("x")[0])


def read_run(place: Path) -> Run:
    """A run from its folder, or from its file of weights with the record beside it (the same name, `.json`).

    Raises TrainingError `training_run` where they are not, WeightsError for weights that are none of that network.
    """
    records = [place.with_suffix(".json")]
    if place.is_dir():
        records = [found for found in place.glob("*.json") if not found.name.endswith(SUFFIX)]
    candidates = [place, *(record.with_suffix(end) for record in records for end in (".safetensors", ".pt"))]
    weights = next(filter(Path.is_file, candidates), None)
    if weights is None or len(records) != 1:
        raise TrainingError("training_run", place=str(place))
    try:
        run = Run(tensors(weights, weights.name), json.loads(records[0].read_text(encoding="utf-8")))
        shapes = {key: tuple(value.shape) for key, value in run.state.items()}
        if fit(run.network, shapes, weights.name) != len(run.classes) or run.size <= 0:
            raise TrainingError("training_run", place=str(place))
    except (OSError, ValueError, TypeError, LookupError) as error:
        raise TrainingError("training_run", place=str(place)) from error
    return run


def card_of(run: Run, storage: Storage) -> Card:
    """What a file of this run's weights says about itself, before anything is measured."""
    imagenette = is_imagenette(run.classes)
    return Card(
        network=run.network,
        trained_on="imagenette" if imagenette else "unknown",
        labels=labels(run.classes),
        transforms=transforms(run.size),
        storage=storage,
        licence=LICENCE,
        data=IMAGENETTE_TERMS if imagenette else "",
        record=run.record,
    )


def write(file: Path, state: Mapping[str, Tensor], card: Card) -> None:
    """Write weights and their card as one safetensors file."""
    plain = {key: value.detach().contiguous() for key, value in state.items()}
    with replacing(file) as part:
        safetensors.torch.save_file(plain, part, {"format": "pt", cards.KEY: cards.to_json(card)})


def read_card(file: Path) -> Card:
    """The card of a stored file with all that was measured of it.

    Raises WeightsError, TrainingError `training_no_card` for a file without one.
    """
    card = outline(file, file.name).card
    if card is None:
        raise TrainingError("training_no_card", file=file.name)
    return with_measurements(card, file)


def model_of(card: Card, state: Mapping[str, Tensor], name: str) -> nn.Module:
    """The network of a card with these weights, in evaluation mode. `name` is what errors call the weights."""
    fit(card.network, {key: tuple(value.shape) for key, value in state.items()}, name)
    return assemble(card.network, len(card.labels), state, name)
