"""Several pictures through one network: the answer to each and one map of each, a bad file among them set aside."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
from PIL import Image

from resnet_viz.analysis.class_maps import grad_cam
from resnet_viz.analysis.heatmaps import reduce
from resnet_viz.errors import ImageError
from resnet_viz.forward.images import decode, prepare
from resnet_viz.forward.run import Program, forward, predictions, value
from resnet_viz.records import Blueprint, Heatmap, Prediction, WeightsInfo

How = Literal["mean", "max", "norm", "grad-cam"]
HOWS: tuple[How, ...] = get_args(How)
"""Which map: of all channels of a place, or Grad-CAM there for each picture's own likeliest class."""

SIDE = 224
"""Most pixels of a side of what is kept of a picture."""


@dataclass(frozen=True, slots=True)
class Given:
    """A picture's file."""

    id: str
    """Names its bytes."""
    name: str
    path: str
    """Where a script finds it."""
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of each picture."""

    program: Program
    info: WeightsInfo
    plan: Blueprint
    fit: Literal["crop", "squash"]
    place: str
    """One with height and width."""
    how: How


@dataclass(frozen=True, slots=True)
class Seen:
    """What one picture came to."""

    given: Given
    picture: Image.Image
    """The square that the network got, no side longer than SIDE."""
    answers: tuple[Prediction, ...]
    heatmap: Heatmap
    notes: tuple[str, ...]
    """What decoding did to the picture."""

    @property
    def name(self) -> str:
        """The picture's."""
        return self.given.name

    @property
    def nbytes(self) -> int:
        """Memory of picture and map."""
        return 3 * self.picture.width * self.picture.height + self.heatmap.values.nbytes


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is no picture."""

    given: Given
    error: ImageError
    nbytes: int = 0


Look = Callable[[Given], Seen | Refused]


def look_at(one: Given, question: Question) -> Seen | Refused:
    """What one picture comes to."""
    try:
        return _see(one, question)
    except ImageError as error:
        return Refused(one, error)


def look_at_each(
    given: Sequence[Given], look: Look, go_on: Callable[[int, int], bool]
) -> tuple[Seen | Refused, ...] | None:
    """Every picture in turn; None where `go_on`, asked before each with what is done and the total, said no."""
    found: list[Seen | Refused] = []
    for done, one in enumerate(given):
        if not go_on(done, len(given)):
            return None
        found.append(look(one))
    return tuple(found)


def maps_by_name(seen: Sequence[Seen]) -> dict[str, npt.NDArray[np.generic]]:
    """The maps as they were computed, by number and name: `001_cat`."""
    return {f"{n:03d}_{re.sub(r'[^0-9A-Za-z.-]+', '_', one.name)}": one.heatmap.values for n, one in enumerate(seen, 1)}


def _see(one: Given, question: Question) -> Seen:
    program, plan, place = question.program, question.plan, question.place
    picture = decode(one.read(), one.name)
    prepared = prepare(picture, question.info.transforms, plan.size, question.fit, plan.input_shape[0])
    kept = forward(program, prepared.tensor)
    answers = predictions(kept, question.info)
    if question.how == "grad-cam":
        heatmap = grad_cam(program, kept, place, answers[0].index)
    else:
        heatmap = reduce(value(program, kept, place), place, question.how)
    small = prepared.seen.convert("RGB")
    small.thumbnail((SIDE, SIDE))
    return Seen(one, small, answers, heatmap, picture.notes)
