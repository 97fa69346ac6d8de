"""A coarse landscape as long work: what is asked for, and what comes out where it is stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from resnet_viz.analysis.landscape import Plane, Surroundings, measure
from resnet_viz.networks import weights
from resnet_viz.ui.jobs import Cancelled, Progress


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: a network's bundled weights, pictures, directions and a grid."""

    network: str
    digest: str
    """SHA-256 of the weights."""
    seed: int
    """Of the pair of directions."""
    points: int
    images: str
    """Names the pictures: never the same for different ones."""


@dataclass(frozen=True, slots=True)
class Landscape:
    """What came out of an order."""

    order: Order
    plane: Plane
    """The whole middle of it where it was stopped; at the least one point."""
    answers: tuple[int, ...]
    """Index of the class that the network answers to each picture: what the loss is measured against."""

    @property
    def drawable(self) -> bool:
        """Whether there is more than the weights themselves."""
        return len(self.plane.at) > 1


def landscape_work(order: Order, images: Tensor) -> Callable[[Progress, Cancelled], Landscape]:
    """What a job does to compute the landscape of an order for pictures (N, 3, H, W)."""

    def work(progress: Progress, cancelled: Cancelled) -> Landscape:
        progress(0, order.points**2)
        model = weights.load(order.network, "bundled").model
        with torch.inference_mode():
            answers = model(images).argmax(1)
        around = Surroundings(model, images, answers.clone(), (2 * order.seed, 2 * order.seed + 1))
        plane = measure(around, order.points, progress, cancelled)
        return Landscape(order, plane, tuple(answers.tolist()))

    return work
