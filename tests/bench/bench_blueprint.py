"""What reading a network costs, given the module, in bare passes; and what other tools take to say less.

    python tests/bench/bench_blueprint.py [--rounds 9]

Exit status 1 where the target is missed. torchinfo, torchview and torchlens are measured where they are installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import statistics
import sys
from collections.abc import Callable

import torch
from timing import THREADS, interleaved, ratio, table, verdict
from torch import nn
from torchvision.models import resnet50

from resnet_viz.blueprint import read_blueprint

TARGET = 1.20
"""Bare passes."""
SIZE = 224


def others(model: nn.Module, x: torch.Tensor) -> dict[str, Callable[[], object]]:
    """The other tools that are here, each reading the same module."""
    found: dict[str, Callable[[], object]] = {}
    if importlib.util.find_spec("torchinfo"):
        import torchinfo

        found["torchinfo summary"] = lambda: torchinfo.summary(model, input_size=tuple(x.shape), verbose=0)
    if importlib.util.find_spec("torchview"):
        import torchview

        found["torchview draw_graph"] = lambda: torchview.draw_graph(model, input_size=tuple(x.shape), device="cpu")
    if importlib.util.find_spec("torchlens"):
        import torchlens

        found["torchlens trace"] = lambda: torchlens.trace(model, x)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    model = resnet50().eval()
    x = torch.randn(1, 3, SIZE, SIZE, generator=torch.Generator().manual_seed(0))

    def bare() -> None:
        with torch.inference_mode():
            model(x)

    calls = {"bare": bare, "blueprint": lambda: read_blueprint(model, "resnet50", SIZE)}
    # Ours is timed apart: what others leave for the garbage collector is not its to collect.
    taken = interleaved(calls, rounds)
    rows = [(name, 1e3 * statistics.median(t), ratio(t, taken["bare"])) for name, t in taken.items()]
    for name, call in others(model, x).items():
        theirs = interleaved({"bare": bare, name: call}, max(3, rounds // 3))
        rows.append((name, 1e3 * statistics.median(theirs[name]), ratio(theirs[name], theirs["bare"])))
    print(f"ResNet-50 at {SIZE}, {THREADS} thread(s), medians of {rounds} interleaved rounds\n")
    print(table(("what", "ms of CPU", "bare passes"), rows), "\n")
    return verdict([("a blueprint, given the module", ratio(taken["blueprint"], taken["bare"]), TARGET)])


if __name__ == "__main__":
    sys.exit(main())
