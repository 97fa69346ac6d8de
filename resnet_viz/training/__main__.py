"""Train a residual network, or its plain twin, on Imagenette.

python -m resnet_viz.training --data DIR --out DIR --arch residual50|plain50|residual34|plain34|residual18|plain18
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import get_args

from resnet_viz.training.command import counted, reported
from resnet_viz.training.data import fetch, read_split
from resnet_viz.training.loop import Precision, Settings
from resnet_viz.training.models import ARCHS
from resnet_viz.training.run import train


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status: 0, or 2 after one line on stderr about what the user gave."""
    options = _parser().parse_args(argv)
    return reported(lambda: _train(options))


def _train(options: Namespace) -> int:
    data = fetch(options.download) if options.download else options.data
    settings = Settings(options.arch, options.schedule, options.lr, options.batch, options.seed, options.precision)
    weights = train(
        settings,
        read_split(data, "train"),
        read_split(data, "val"),
        options.out,
        tell=_tell,
        progress=counted("steps of this epoch"),
    )
    print(f"weights: {weights}", flush=True)
    return 0


def _tell(row: Mapping[str, object]) -> None:
    print(json.dumps(row), flush=True)


def _parser() -> ArgumentParser:
    usual = Settings("residual50")
    parser = ArgumentParser(
        prog="python -m resnet_viz.training",
        description="Train a residual network, or its plain twin, on Imagenette (ten classes of ImageNet).",
        epilog="A run that was stopped goes on where it was when the same command is given again.",
    )
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--data", type=Path, metavar="DIR", help="folder with train/CLASS/*.JPEG and val/CLASS/*.JPEG")
    source.add_argument("--download", type=Path, metavar="DIR", help="let torchvision download Imagenette into it")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="folder for weights, record, resume file"
    )
    parser.add_argument("--arch", required=True, choices=ARCHS, help="what to train")
    parser.add_argument("--schedule", default=usual.schedule, help="pixels x epochs, ... (default: %(default)s)")
    parser.add_argument("--lr", type=float, default=usual.lr, help="highest learning rate (default: %(default)s)")
    parser.add_argument("--batch", type=int, default=usual.batch, help="images in a step (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=usual.seed, help="of weights and data (default: %(default)s)")
    parser.add_argument(
        "--precision",
        default=usual.precision,
        choices=get_args(Precision),
        help="arithmetic; float32 is faster where the processor has no bfloat16 (default: %(default)s)",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
