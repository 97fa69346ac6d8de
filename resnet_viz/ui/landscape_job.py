"""A coarse landscape in a thread of its own, one at a time on the server, that can be watched and stopped.

Nearly all of its time is in PyTorch, which leaves the interpreter to others; the thread is nice to them as well.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from resnet_viz.analysis.landscape import Plane, Surroundings, measure
from resnet_viz.networks import weights

NICE = 10
"""How far the thread steps back behind what visitors wait for."""

_POLL = 0.2


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


class LandscapeJob:
    """One landscape: started by making it, watched through its attributes, ended by itself or by `cancel`."""

    def __init__(self, order: Order, images: Tensor, turn: threading.Lock) -> None:
        self.order = order
        self.done = 0
        """Points so far."""
        self.total = order.points**2
        self.waiting = True
        """Whether another visitor's is computed first."""
        self.plane: Plane | None = None
        """What came out; the whole middle of it where it was stopped."""
        self.answers: tuple[int, ...] = ()
        """Index of the class that the network answers to each picture: what the loss is measured against."""
        self._turn = turn
        self._cancelled = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(images,), name="landscape", daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether it is still at work, or waits for its turn."""
        return self._thread.is_alive()

    @property
    def cancelled(self) -> bool:
        """Whether the visitor stopped it."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask it to end: after the point that it is at, it does."""
        self._cancelled.set()

    def wait(self, seconds: float | None = None) -> None:
        """Wait until it has ended."""
        self._thread.join(seconds)

    def _run(self, images: Tensor) -> None:
        while not self._turn.acquire(timeout=_POLL):
            if self._cancelled.is_set():
                return
        try:
            self.waiting = False
            if hasattr(os, "setpriority"):  # on Linux it is the thread's own
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)
            self._compute(images)
        finally:
            self._turn.release()

    def _compute(self, images: Tensor) -> None:
        model = weights.load(self.order.network, "bundled").model
        with torch.inference_mode():
            answers = model(images).argmax(1)
        self.answers = tuple(answers.tolist())
        seeds = 2 * self.order.seed, 2 * self.order.seed + 1
        around = Surroundings(model, images, answers.clone(), seeds)
        self.plane = measure(around, self.order.points, self._progress, self._cancelled.is_set)

    def _progress(self, done: int, total: int) -> None:
        self.done, self.total = done, total


class LandscapeDesk:
    """Where one visitor orders landscapes: the last one, running or done."""

    def __init__(self, turn: threading.Lock) -> None:
        self._turn = turn
        self.job: LandscapeJob | None = None

    def start(self, order: Order, images: Callable[[], Tensor]) -> None:
        """Begin a landscape, and give up the one that runs."""
        self.close()
        self.job = LandscapeJob(order, images(), self._turn)

    def close(self) -> None:
        """Give up what runs."""
        if self.job is not None:
            self.job.cancel()
