"""What a visitor asked for at one time: some runs, one after another, with all that they have said so far."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Literal

from resnet_viz.training.lab.duration import expected
from resnet_viz.training.lab.readings import Epoch, Reading, Step
from resnet_viz.training.lab.settings import Settings
from resnet_viz.training.lab.train import STEPS

State = Literal["waiting", "running", "paused", "done", "cancelled", "abandoned", "failed"]
LIVING: frozenset[State] = frozenset({"waiting", "running", "paused"})


class Run:
    """One run: its settings and its readings. The laboratory alone adds to it; whoever draws takes copies."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._steps: list[Step] = []
        self._epochs: list[Epoch] = []

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps so far."""
        return tuple(self._steps)

    @property
    def epochs(self) -> tuple[Epoch, ...]:
        """The epochs so far."""
        return tuple(self._epochs)

    @property
    def diverged(self) -> bool:
        """Whether its loss has become infinite or no number."""
        return bool(self._steps) and self._steps[-1].diverged

    @property
    def complete(self) -> bool:
        """Whether it came to its end."""
        return self.diverged or len(self._epochs) == self.settings.epochs

    @property
    def share(self) -> float:
        """How much of it is done, from 0 to 1."""
        return 1.0 if self.complete else len(self._steps) / (STEPS * self.settings.epochs)

    def add(self, reading: Reading) -> None:
        """Keep a reading."""
        if isinstance(reading, Step):
            self._steps.append(reading)
        else:
            self._epochs.append(reading)


class Job:
    """Runs of one visitor. Its state is the laboratory's to change."""

    def __init__(self, owner: str, plan: Sequence[Settings]) -> None:
        self.owner = owner
        self.runs = tuple(Run(settings) for settings in plan)
        self.state: State = "waiting"
        self.ended = threading.Event()
        """Set when nothing more will come."""

    @property
    def living(self) -> bool:
        """Whether more may come of it."""
        return self.state in LIVING

    @property
    def share(self) -> float:
        """How much of its work is done, from 0 to 1."""
        whole = sum(expected(run.settings) for run in self.runs)
        return sum(run.share * expected(run.settings) for run in self.runs) / whole

    @property
    def current(self) -> Run | None:
        """The run that goes on, or goes on next; None when all are complete."""
        return next((run for run in self.runs if not run.complete), None)
