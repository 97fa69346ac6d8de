"""What worker and server say to each other: one JSON object a line.

To the worker goes a plan, `{"plan": [settings, ...]}`, then `{"pause": true}` or `{"pause": false}` at any time. From it
come `{"run": i, "step": {...}}`, `{"run": i, "epoch": {...}}`, `"halted"` once for each pause, and `"done"` at the end.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Literal

from resnet_viz.training.lab.readings import Epoch, Reading, Step
from resnet_viz.training.lab.settings import Settings

Sign = Literal["halted", "done"]


def write_plan(runs: Sequence[Settings]) -> str:
    """The line that starts these runs."""
    return json.dumps({"plan": [asdict(settings) for settings in runs]})


def read_plan(line: str) -> tuple[Settings, ...]:
    """The runs that a line names. Raises ValueError for a run that is not offered."""
    return tuple(Settings(**settings) for settings in json.loads(line)["plan"])


def write_pause(wanted: bool) -> str:
    """The line that halts the worker after its present step, or lets it go on."""
    return json.dumps({"pause": wanted})


def read_pause(line: str) -> bool:
    """Whether a line asks for a pause."""
    return bool(json.loads(line)["pause"])


def write_reading(run: int, reading: Reading) -> str:
    """The line that tells a reading of the run with this index in the plan."""
    return json.dumps({"run": run, "step" if isinstance(reading, Step) else "epoch": asdict(reading)})


def write_sign(sign: Sign) -> str:
    """The line that says that the worker has halted, or is done."""
    return json.dumps(sign)


def read_answer(line: str) -> tuple[int, Reading] | Sign:
    """What a line of the worker tells: the run's index and a reading, or a sign."""
    said = json.loads(line)
    if isinstance(said, str):
        return "halted" if said == "halted" else "done"
    reading: Reading = Step(**said["step"]) if "step" in said else Epoch(**said["epoch"])
    return said["run"], reading
