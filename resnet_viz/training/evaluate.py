"""Measure stored weights against those that they were made from.

    python -m resnet_viz.training.evaluate FILE --run RUN --data DIR

Float32 throughout, on all validation images, at several input sizes. What is measured stands in a JSON file beside the
weights, whose bytes do not change. Each size is written as soon as it is measured, and one that is there is not measured
again: a stop loses one size at most.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

import safetensors.torch
import torch

from resnet_viz.networks.card import Card, Measurement
from resnet_viz.networks.checkpoint import tensors
from resnet_viz.networks.measured import write_measurements
from resnet_viz.networks.quantize import quantize
from resnet_viz.training.accuracy import score
from resnet_viz.training.command import counted, reported
from resnet_viz.training.data import Split, TrainingError, read_split
from resnet_viz.training.readme import write_readme
from resnet_viz.training.stored import Run, model_of, read_card, read_run

SIZES = (128, 160, 192, 224)
"""Input sizes, in pixels, at which a finished network is measured."""

ALLOWED_LOSS = 0.3
"""Points of top-1 accuracy that int8 may cost at any size."""


def evaluate(file: Path, run: Run, split: Split, sizes: Sequence[int]) -> Card:
    """Measure a stored file and the float32 weights of its run at each size, and return its card with them.

    Raises TrainingError `training_other_run` where the file does not hold this run's weights, `training_classes` where
    the images are of other classes.
    """
    card = read_card(file)
    stored = quantize(run.state)
    found = tensors(file, file.name)
    if run.network != card.network or not _same(safetensors.torch.load_file(file), stored):
        raise TrainingError("training_other_run", file=file.name)
    if split.classes != tuple(label.id for label in card.labels):
        raise TrainingError("training_classes", file=file.name)
    models = (model_of(card, run.state, "float32"), model_of(card, found, file.name))
    for size in sizes:
        if size in _measured(card, split):
            continue
        names = ("float32", card.storage)
        figures = [
            round(100 * score(model, split, size, progress=counted(f"{name} at {size} px")).top1, 2)
            for name, model in zip(names, models, strict=True)
        ]
        # Read again: another process may have measured another size meanwhile.
        card = read_card(file)
        done = {**_measured(card, split), size: Measurement(size, *figures)}
        card = card.measured(len(split), tuple(done[key] for key in sorted(done)))
        write_measurements(card, file)
        write_readme(file.parent)
    return card


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status: 1 if int8 costs more than it may."""
    parser = ArgumentParser(
        prog="python -m resnet_viz.training.evaluate",
        description="Measure stored weights and the float32 weights that they were made from; write it beside them.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the stored .safetensors")
    parser.add_argument("--run", type=Path, required=True, help="the run that it was made from: a folder or a file")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="folder with val/<class>/*.JPEG")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="input sizes in pixels")
    options = parser.parse_args(argv)
    return reported(lambda: _evaluate(options.file, options.run, options.data, options.sizes))


def _evaluate(file: Path, run: Path, data: Path, sizes: Sequence[int]) -> int:
    card = evaluate(file, read_run(run), read_split(data, "val"), sizes)
    for row in card.measurements:
        print(f"{row.size:4} px: float32 {row.float32:.2f} %, {card.storage} {row.stored:.2f} %")
    worst = max(row.float32 - row.stored for row in card.measurements)
    print(f"{card.storage} costs at most {worst:.2f} points of top-1; {ALLOWED_LOSS} are allowed")
    return int(worst > ALLOWED_LOSS)


def _measured(card: Card, split: Split) -> dict[int, Measurement]:
    """Measurements on as many images as the split has, by size."""
    return {row.size: row for row in card.measurements if card.measured_on == len(split)}


def _same(one: dict[str, torch.Tensor], other: dict[str, torch.Tensor]) -> bool:
    return one.keys() == other.keys() and all(torch.equal(one[key], other[key]) for key in one)


if __name__ == "__main__":
    sys.exit(main())
