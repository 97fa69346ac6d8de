"""What training in the lab takes, and what it costs who looks at heatmaps meanwhile.

    python tests/bench/bench_lab.py [--rounds 10]

Runs are told in processor time, so that what else the machine does counts for nothing; waits and heatmaps in time on the clock.
Exit status 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time

import torch
from timing import THREADS, table, verdict

from resnet_viz.analysis.heatmaps import limits, reduce, to_uint8
from resnet_viz.forward.run import Program, compile_program, forward, value
from resnet_viz.networks.catalog import build
from resnet_viz.training.lab.jobs import Job
from resnet_viz.training.lab.laboratory import Laboratory
from resnet_viz.training.lab.settings import KINDS, Settings

SHALLOW, DEEP, FIRST, SLOWER = 5.0, 30.0, 5.0, 2.0
"""Targets: seconds for 8 and for 56 layers, seconds until the first curve, and how many times slower a heatmap may be."""
PLACE = "layer3.2.conv2"
WARM = 8.0
"""Seconds between opening the view and pressing Start, in which the worker loads PyTorch."""


def wait_for_a_step(job: Job) -> None:
    """Until the job has a reading."""
    while not job.runs[0].steps:
        time.sleep(0.005)


def first_curve(lab: Laboratory, warm: bool) -> float:
    """Seconds on the clock from Start to the first point of a curve of 8 layers."""
    if warm:
        lab.warm_up()
        time.sleep(WARM)
    began = time.perf_counter()
    job = lab.submit("bench", [Settings("residual", 8)])
    wait_for_a_step(job)
    taken = time.perf_counter() - began
    lab.cancel(job)
    return taken


def training_times(lab: Laboratory) -> list[tuple[str, float, float, float]]:
    """Name, processor seconds, training loss and validation accuracy of the last epoch, for each run of the default recipe."""
    job = lab.submit("bench", [Settings(kind, depth) for depth in (8, 20, 56) for kind in KINDS])
    job.ended.wait()
    return [
        (f"{run.settings.kind} {run.settings.depth}", end.seconds, end.train_loss, end.val_top1)
        for run in job.runs
        for end in run.epochs[-1:]
    ]


def heatmap(program: Program, x: torch.Tensor) -> float:
    """Seconds on the clock of a pass and one map."""
    began = time.perf_counter()
    found = reduce(value(program, forward(program, x), PLACE), PLACE, "mean")
    to_uint8(found, *limits([found]))
    return time.perf_counter() - began


def slow_down(lab: Laboratory, rounds: int) -> tuple[float, float]:
    """Median seconds of a heatmap while the lab is paused and while it trains, by turns."""
    program = compile_program(build("resnet50"), "resnet50")
    x = torch.randn(1, 3, 224, 224, generator=torch.Generator().manual_seed(0))
    heatmap(program, x)
    job = lab.submit("bench", [Settings("residual", 56, width=32, epochs=24, seed=seed) for seed in range(5)])
    wait_for_a_step(job)
    alone, beside = [], []
    for _ in range(rounds):
        lab.pause(job)
        time.sleep(1.5)  # a step of this network may take that long
        alone.append(heatmap(program, x))
        lab.go_on(job)
        time.sleep(0.5)
        beside.append(heatmap(program, x))
    lab.cancel(job)
    return statistics.median(alone), statistics.median(beside)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--rounds", type=int, default=10)
    options = parser.parse_args()
    torch.set_num_threads(THREADS)
    lab = Laboratory()
    try:
        cold, warm = first_curve(lab, warm=False), first_curve(lab, warm=True)
        runs = training_times(lab)
        alone, beside = slow_down(lab, options.rounds)
    finally:
        lab.close()
    print(table(("8 epochs, 16 channels", "s of CPU", "training loss", "validation accuracy"), runs), "\n")
    print(f"first curve: {cold:.1f} s after Start, {warm:.1f} s where the view was open for {WARM:.0f} s before")
    print(f"pass and heatmap of ResNet-50 at 224: {alone:.3f} s, {beside:.3f} s while the lab trains\n")
    return verdict(
        [
            ("8 layers, seconds of CPU", max(row[1] for row in runs[:2]), SHALLOW),
            ("56 layers, seconds of CPU", max(row[1] for row in runs[-2:]), DEEP),
            ("first curve, seconds", warm, FIRST),
            ("a heatmap while the lab trains, times its time alone", beside / alone, SLOWER),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
