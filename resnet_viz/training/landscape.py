"""Compute the loss around a network's bundled weights, and store it with its recipe.

    python -m resnet_viz.training.landscape --network resnet50 --data DIR -o assets/results/landscape-resnet50.json

What is stored are numbers: none of the images is in the file. A network and its plain twin are moved along the same random
numbers, in every layer that both have.
"""

from __future__ import annotations

import platform
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

import torch

from resnet_viz.analysis.landscape import SEEDS, Surroundings, measure
from resnet_viz.analysis.landscape_record import Recipe, Stored, to_json
from resnet_viz.networks import weights
from resnet_viz.networks.files import replacing
from resnet_viz.training.command import counted, reported
from resnet_viz.training.data import Split, TrainingError, prepare, read_split

IMAGES, SIZE, POINTS = 64, 96, 21

DIRECTIONS = (
    "Gaussian; each filter (the weights of one output channel) scaled to the norm of the network's own; convolutions "
    "and the classifier's matrix move, biases and batch norm do not (Li et al. 2018, arXiv 1712.09913)"
)
BATCH_NORM = "the running statistics of the trained network at every point, as in the authors' code"


def evenly(split: Split, count: int) -> Split:
    """`count` images of a split, evenly spaced: its files lie by class, so each class has its part."""
    picked = torch.arange(count) * len(split) // count
    return Split(split.images[picked], split.targets[picked], split.classes)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status: 0, or 2 after one line on stderr about what the user gave."""
    parser = ArgumentParser(
        prog="python -m resnet_viz.training.landscape",
        description="Compute the loss around a network's bundled weights in two filter-normalised random directions.",
    )
    parser.add_argument("--network", required=True, metavar="NAME", help="the catalogue's name, such as resnet50")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="folder with val/CLASS/*.JPEG")
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="FILE", help="the JSON file to write")
    parser.add_argument("--images", type=int, default=IMAGES, metavar="N", help="how many (default: %(default)s)")
    parser.add_argument("--size", type=int, default=SIZE, metavar="N", help="input side, pixels (default: %(default)s)")
    parser.add_argument("--points", type=int, default=POINTS, help="of a side, an odd number (default: %(default)s)")
    parser.add_argument("--seeds", type=int, nargs=2, default=SEEDS, help="of the directions (default: %(default)s)")
    options = parser.parse_args(argv)
    if options.points < 3 or options.points % 2 == 0:
        parser.error(f"--points {options.points}: an odd number of at least 3 has the weights in its middle")
    return reported(lambda: _landscape(options))


def _landscape(options: Namespace) -> int:
    loaded = weights.load(options.network, "bundled")
    split = read_split(options.data, "val")
    if split.classes != tuple(label.id for label in loaded.info.labels):
        raise TrainingError("training_classes", file=loaded.info.origin)
    batch = evenly(split, min(options.images, len(split)))
    around = Surroundings(loaded.model, prepare(batch.images, options.size), batch.targets, tuple(options.seeds))
    plane = measure(around, options.points, counted("points"))
    stored = Stored(_recipe(options, loaded.info.digest, len(batch)), plane)
    with replacing(options.out) as part:
        part.write_text(to_json(stored), encoding="utf-8")
    print(f"{options.out}: {plane.centre:.3f} nats at the weights, {plane.lowest[0]:.3f} at the lowest point")
    return 0


def _recipe(options: Namespace, digest: str, images: int) -> Recipe:
    return Recipe(
        network=options.network,
        weights=digest,
        images=images,
        size=options.size,
        seeds=(options.seeds[0], options.seeds[1]),
        data="Imagenette, 160 pixels, validation set: every file's centre square, evenly spaced in the order of files",
        directions=DIRECTIONS,
        batch_norm=BATCH_NORM,
        versions={"torch": torch.__version__, "python": platform.python_version()},
        command=(
            f"python -m resnet_viz.training.landscape --network {options.network} --data DIR -o FILE --images {images} "
            f"--size {options.size} --points {options.points} --seeds {options.seeds[0]} {options.seeds[1]}"
        ),
    )


if __name__ == "__main__":
    sys.exit(main())
