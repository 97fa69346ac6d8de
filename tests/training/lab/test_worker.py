"""The worker: what it says to a plan, what it loads, and that it ends with whoever started it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
from pathlib import Path

from resnet_viz.training.lab.messages import read_answer, write_plan
from resnet_viz.training.lab.process import Worker
from resnet_viz.training.lab.readings import Epoch
from resnet_viz.training.lab.settings import Settings
from resnet_viz.training.lab.train import STEPS
from resnet_viz.training.lab.worker import serve

ROOT = Path(__file__).parents[3]
PLAN = [Settings("plain", 8, 8, epochs=1), Settings("residual", 8, 8, epochs=1)]


def test_a_plan_is_carried_out_in_order() -> None:
    hung_up = threading.Event()
    answers = io.StringIO()
    serve(io.StringIO(write_plan(PLAN) + "\n"), answers, hung_up.set)
    told = [read_answer(line) for line in answers.getvalue().splitlines()]
    assert told.pop() == "done"
    assert [answer[0] for answer in told] == [0] * (STEPS + 1) + [1] * (STEPS + 1)
    assert isinstance(told[STEPS][1], Epoch)
    assert hung_up.wait(5)


def test_without_a_plan_nothing_is_said() -> None:
    answers = io.StringIO()
    serve(io.StringIO(""), answers, lambda: None)
    assert answers.getvalue() == ""


def test_it_loads_neither_the_app_nor_torchvision() -> None:
    code = (
        "import sys, resnet_viz.training.lab.worker;"
        "print(sorted({'streamlit', 'torchvision', 'PIL', 'plotly', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_process_halts_goes_on_and_ends() -> None:
    worker = Worker()
    try:
        worker.start([Settings("plain", 8, 8, epochs=24)])
        readings = worker.readings()
        next(readings)
        if hasattr(os, "getpriority"):
            assert os.getpriority(os.PRIO_PROCESS, worker.pid) == 19
        worker.pause(True)
        assert len(list(readings)) < 20 * STEPS
        assert worker.sign == "halted" and worker.alive
        worker.pause(False)
        assert next(worker.readings()) is not None
    finally:
        worker.end()
    assert not worker.alive
    worker.pause(True)  # it is gone, and nobody minds


def test_it_ends_when_the_other_side_hangs_up() -> None:
    code = (
        "from resnet_viz.training.lab.process import Worker; from resnet_viz.training.lab.settings import Settings\n"
        "w = Worker(); w.start([Settings('plain', 56, epochs=24)]); next(w.readings()); print('begun', flush=True)\n"
        "import os; os._exit(0)"
    )
    # The worker has the same stderr, and `run` waits until nobody holds it.
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=90
    )
    assert done.stdout == "begun\n", done.stderr
