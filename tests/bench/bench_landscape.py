"""What a landscape, computed while its visitor watches, costs who looks at heatmaps meanwhile.

    python tests/bench/bench_landscape.py [--rounds 8]

Both run in one process, as in the app: the landscape in the thread of a job, heatmaps in another, by turns beside it and
alone. Exit status 1 where a heatmap takes more than twice its time, or a stopped landscape goes on for long.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import threading
import time

import torch
from bench_lab import SLOWER, heatmap
from timing import THREADS, verdict

from resnet_viz.forward.run import compile_program
from resnet_viz.networks.catalog import build
from resnet_viz.ui.compare.landscape_live import SIZE
from resnet_viz.ui.jobs import Job
from resnet_viz.ui.landscape_job import Landscape, Order, landscape_work

PICTURES = 7
"""The samples and one of the visitor's."""
STOPPED = 3.0
"""Target: seconds until a stopped landscape is at rest, on the clock."""


def begin(turn: threading.Lock) -> Job[Landscape]:
    """A landscape that has done its first point."""
    images = torch.randn(PICTURES, 3, SIZE, SIZE, generator=torch.Generator().manual_seed(0))
    order = Order("resnet50", "", 1, 15, "")
    job = Job(order, landscape_work(order, images), turn)
    while not job.done:
        time.sleep(0.05)
    return job


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--rounds", type=int, default=8)
    options = parser.parse_args()
    torch.set_num_threads(THREADS)
    program = compile_program(build("resnet50"), "resnet50")
    x = torch.randn(1, 3, 224, 224, generator=torch.Generator().manual_seed(0))
    heatmap(program, x)
    alone, beside, rest = [], [], []
    for _ in range(options.rounds):
        alone.append(heatmap(program, x))
        job = begin(threading.Lock())
        beside.append(heatmap(program, x))
        began = time.perf_counter()
        job.cancel()
        job.wait()
        rest.append(time.perf_counter() - began)
    ratio = statistics.median(two / one for one, two in zip(alone, beside, strict=True))
    print(
        f"pass and heatmap of ResNet-50 at 224: {statistics.median(alone):.3f} s, {statistics.median(beside):.3f} s beside\n"
    )
    return verdict(
        [
            ("a heatmap while a landscape is computed, times its time alone", ratio, SLOWER),
            ("a stopped landscape, seconds until it rests", statistics.median(rest), STOPPED),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
