"""Store a run's weights as int8 with their card: `python -m resnet_viz.training.store RUN -o FILE`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from resnet_viz.networks.quantize import quantize
from resnet_viz.training.command import reported
from resnet_viz.training.readme import write_readme
from resnet_viz.training.stored import card_of, read_run, write


def store(run_place: Path, file: Path) -> None:
    """Write the weights of a run as int8 into `file`, and what they are into the README.md of its folder.

    Raises TrainingError, WeightsError as `stored.read_run` does.
    """
    run = read_run(run_place)
    write(file, quantize(run.state), card_of(run, "int8"))
    write_readme(file.parent)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parser = ArgumentParser(
        prog="python -m resnet_viz.training.store",
        description="Store the weights of a training run as int8, with a card that says what they are.",
        epilog="The accuracies on the card are measured by python -m resnet_viz.training.evaluate.",
    )
    parser.add_argument("run", type=Path, metavar="RUN", help="folder of a run, or its .safetensors or .pt file")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="the .safetensors to write")
    options = parser.parse_args(argv)
    return reported(lambda: _store(options.run, options.output))


def _store(run: Path, file: Path) -> int:
    store(run, file)
    print(f"{file}: {file.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
