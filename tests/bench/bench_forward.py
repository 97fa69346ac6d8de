"""What seeing inside costs: a pass that keeps block boundaries, and any other place's map, in bare passes.

    python tests/bench/bench_forward.py [--rounds 15] [--size 224]

Bare is torchvision's ResNet-50 as it comes, in place and all, in inference mode. Exit status 1 where a target is
missed.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import torch
from timing import ROOT, THREADS, interleaved, ratio, seconds, table, verdict
from torch import Tensor, nn
from torchvision.models import resnet50

from resnet_viz.analysis.heatmaps import limits, reduce, to_uint8
from resnet_viz.forward.run import Program, compile_program, forward, value
from resnet_viz.networks.catalog import build
from resnet_viz.records import Activations

PASS, MEDIAN, WORST = 1.15, 0.10, 0.25
"""Targets, in bare passes."""
KINDS = ("bare", "boundaries", "everything")
"""What a pass keeps."""
BARE_EVERY = 16
"""Maps between two bare passes: a map is held against the pass next to it."""


def bare(model: nn.Module, x: Tensor) -> Tensor:
    with torch.inference_mode():
        found: Tensor = model(x)
        return found


def with_everything(program: Program, x: Tensor) -> dict[str, Tensor]:
    """A pass that keeps the output of each operation: what the boundaries save."""
    values = {"input": x}
    with torch.inference_mode():
        for step in program.steps.values():
            values[step.place] = step.call(*[values[name] for name in step.inputs])
    return values


def one_map(program: Program, kept: Activations, place: str) -> None:
    heatmap = reduce(value(program, kept, place), place, "mean")
    to_uint8(heatmap, *limits([heatmap]))


def times_of_maps(program: Program, kept: Activations, run_bare: Callable[[], object], rounds: int) -> dict[str, float]:
    """Place -> median time of its map in bare passes, for every operation that is not kept."""
    places = [place for place in program.steps if place not in kept.kept]
    found: dict[str, list[float]] = {place: [] for place in places}
    for place in places:
        one_map(program, kept, place)
    for _ in range(rounds):
        for number, place in enumerate(places):
            if number % BARE_EVERY == 0:
                pass_time = min(seconds(run_bare), seconds(run_bare))
            found[place].append(seconds(lambda p=place: one_map(program, kept, p)) / pass_time)
    return {place: statistics.median(ratios) for place, ratios in found.items()}


def peak(kind: str, size: int) -> tuple[float, float]:
    """MB that one pass adds to a process of its own at its peak, and MB that stay with it."""
    command = [sys.executable, __file__, "--peak", kind, "--size", str(size)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    highest, kept = done.stdout.split()
    return float(highest), float(kept)


def measure_peak(kind: str, size: int) -> None:
    """In the process of its own: the peak of resident memory over what the model takes."""
    torch.set_num_threads(THREADS)
    model, x = build("resnet50"), torch.randn(1, 3, size, size, generator=torch.Generator().manual_seed(0))
    program = compile_program(model, "resnet50")
    bare(model, torch.zeros(1, 3, 32, 32))  # what the first pass ever allocates is not of this pass
    original = resnet50_in_place()
    original.load_state_dict(model.state_dict(), assign=True)  # one copy of the weights for all
    runs: dict[str, Callable[[], object]] = {
        "bare": lambda: bare(original, x),
        "boundaries": lambda: forward(program, x),
        "everything": lambda: with_everything(program, x),
    }
    Path("/proc/self/clear_refs").write_text("5")  # the peak so far was compiling's
    before = resident("VmRSS")
    kept = runs[kind]()
    highest = resident("VmHWM") - before
    values = kept.kept if isinstance(kept, Activations) else kept
    stays = sum(tensor.nbytes for tensor in values.values()) if isinstance(values, Mapping) else 0
    print(highest, stays / 1e6)


def resident(what: str) -> float:
    """MB of this process's memory now (VmRSS) or at its peak (VmHWM), as Linux counts them."""
    (line,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(what)]
    return int(line.split()[1]) * 1024 / 1e6


def resnet50_in_place() -> nn.Module:
    return resnet50().eval()  # type: ignore[no-any-return]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--size", type=int, default=224)
    parser.add_argument("--peak", choices=KINDS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peak:
        measure_peak(options.peak, options.size)
        return 0
    original, model = resnet50_in_place(), build("resnet50")
    program = compile_program(model, "resnet50")
    x = torch.randn(1, 3, options.size, options.size, generator=torch.Generator().manual_seed(0))
    passes = {
        "bare": lambda: bare(original, x),
        "bare, nothing in place": lambda: bare(model, x),
        "boundaries kept": lambda: forward(program, x),
    }
    taken = interleaved(passes, options.rounds)
    rows = [(name, 1e3 * statistics.median(t), ratio(t, taken["bare"])) for name, t in taken.items()]
    # Apart: it gives back 150 MB, and whoever comes next pays for having them mapped anew.
    all_kept = {"bare": passes["bare"], "everything kept": lambda: with_everything(program, x)}
    apart = interleaved(all_kept, options.rounds)
    everything = apart["everything kept"]
    rows.append(("everything kept", 1e3 * statistics.median(everything), ratio(everything, apart["bare"])))
    print(f"ResNet-50 at {options.size}, {THREADS} thread(s), medians of {options.rounds} interleaved rounds\n")
    print(table(("pass", "ms of CPU", "bare passes"), rows), "\n")
    maps = times_of_maps(program, forward(program, x), passes["bare"], options.rounds)
    slowest = sorted(maps.items(), key=lambda item: -item[1])
    print(table((f"map of a place (slowest 8 of {len(maps)})", "bare passes"), slowest[:8]), "\n")
    peaks = [(f"{kind} at {size}", *peak(kind, size)) for size in (224, 1024) for kind in KINDS]
    print(table(("memory in MB", "peak over the model", "stays"), peaks), "\n")
    return verdict(
        [
            ("a pass that keeps the boundaries", ratio(taken["boundaries kept"], taken["bare"]), PASS),
            ("median place's map", statistics.median(maps.values()), MEDIAN),
            ("slowest place's map", slowest[0][1], WORST),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
