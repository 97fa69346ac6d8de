"""What a cut costs: the pass after it, held against the same pass without a cut from that block on, timed alone.

    python tests/bench/bench_lesions.py [--rounds 9] [--size 224]

All in bare passes of the same round. Both passes keep what every pass of the app keeps, since a page shows it. Exit
status 1 where a cut costs more than the target beyond those blocks.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Callable
from functools import partial

import torch
from timing import THREADS, interleaved, ratio, table, verdict
from torch import Tensor, nn

from resnet_viz.analysis.lesions import Lesion, Part, cut, lesioned, removable
from resnet_viz.analysis.random_drops import draw, drops
from resnet_viz.blueprint import blueprint
from resnet_viz.forward.run import compile_program, forward, known_before, resume
from resnet_viz.networks.catalog import build

BEYOND = 0.10
"""Target, in bare passes: what a cut may cost more than the pass through the blocks from its own on."""
PARTS: tuple[Part, ...] = ("branch", "shortcut")
BLOCKS = ("layer1.0", "layer1.1", "layer2.0", "layer2.2", "layer3.0", "layer3.3", "layer4.0", "layer4.2")


def bare(model: nn.Module, x: Tensor) -> Tensor:
    with torch.inference_mode():
        found: Tensor = model(x)
        return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--size", type=int, default=224)
    options = parser.parse_args()
    model, plan = build("resnet50"), blueprint("resnet50", options.size)
    program = compile_program(model, "resnet50")
    x = torch.randn(1, 3, options.size, options.size, generator=torch.Generator().manual_seed(0))
    kept = forward(program, x)
    calls: dict[str, Callable[[], object]] = {"bare": lambda: bare(model, x)}
    for name in BLOCKS:
        calls[f"{name} alone"] = partial(resume, program, known_before(program, kept, plan.block(name).layers[0]))
        for part in PARTS:
            calls[f"{name} {part}"] = partial(lesioned, program, plan, kept, [Lesion(name, part)])
    calls["cut, without a pass"] = lambda: cut(program, plan, [Lesion("layer3.3", "branch")])
    taken = interleaved(calls, options.rounds)
    print(f"ResNet-50 at {options.size}, {THREADS} thread(s), medians of {options.rounds} interleaved rounds\n")
    rows, checks = [], []
    for name in BLOCKS:
        alone, branch, shortcut = (ratio(taken[f"{name} {what}"], taken["bare"]) for what in ("alone", *PARTS))
        rows.append((name, alone, branch, shortcut))
        for part in PARTS:
            # Differences of the same round: each is small beside what the rounds differ by.
            pairs = zip(taken[f"{name} {part}"], taken[f"{name} alone"], taken["bare"], strict=True)
            beyond = statistics.median((after - alone) / whole for after, alone, whole in pairs)
            checks.append((f"{part} of {name}, beyond its blocks", beyond, BEYOND))
    print(table(("from this block on, in bare passes", "alone", "branch cut", "shortcut cut"), rows), "\n")
    print(f"cutting alone: {1e3 * statistics.median(taken['cut, without a pass']):.1f} ms of CPU\n")
    draws = draw(removable(plan), 8, 0)
    whole = interleaved({"bare": calls["bare"], "drops": lambda: drops(program, plan, kept, 0, draws)}, 1)
    passes = 16 + sum(map(len, draws))
    print(f"{passes} passes without random blocks: {ratio(whole['drops'], whole['bare']):.1f} bare passes\n")
    return verdict(checks)


if __name__ == "__main__":
    sys.exit(main())
