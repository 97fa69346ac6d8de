"""The worker seen from the server: a process that is started, told, listened to and ended.

It is started as a command of its own, not through `multiprocessing`: that would import the server's entry point in it, and with
it Streamlit and the whole app.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from resnet_viz.training.lab.messages import Sign, read_answer, write_pause, write_plan
from resnet_viz.training.lab.readings import Reading
from resnet_viz.training.lab.settings import Settings

COMMAND = (sys.executable, "-m", "resnet_viz.training.lab.worker")
ROOT = Path(__file__).parents[3]


class Worker:
    """A worker process: it loads PyTorch as soon as it is made and then waits for its one plan."""

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"},
        )
        self.sign: Sign | None = None
        """Its last sign: it has halted, or is done; None before and while it is at work."""

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process is there."""
        return self._process.poll() is None

    def start(self, runs: Sequence[Settings]) -> None:
        """Give it its plan."""
        self._say(write_plan(runs))

    def pause(self, wanted: bool) -> None:
        """Ask it to halt after its present step, of which it gives a sign, or to go on."""
        self._say(write_pause(wanted))

    def readings(self) -> Iterator[tuple[int, Reading]]:
        """What it says, with the index of the run, until it gives a sign or is no more. To be called again after a halt."""
        assert self._process.stdout is not None
        self.sign = None
        for line in self._process.stdout:
            told = read_answer(line)
            if isinstance(told, str):
                self.sign = told
                return
            yield told

    def end(self) -> None:
        """End it at once, whatever it does."""
        self._process.kill()
        self._process.wait()

    def _say(self, line: str) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            # It is gone; whoever listens to it learns that from the end of what it says.
            return
