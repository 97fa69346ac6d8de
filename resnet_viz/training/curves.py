"""Learning curves of residual and plain networks of 18, 34 and 50 layers, from six runs of one schedule.

    python -m resnet_viz.training.curves --data DIR --runs DIR --out assets/results/learning-curves.json --precision float32

The runs follow one another, each in a folder of its own below `--runs`. Stopped, and given again, the command goes on
where it was. The result is written after each run that is done; a run that is not is named there, and none of its rows.
A run that the result holds already, of the same recipe, is not trained again, also where its folder is gone.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from types import MappingProxyType
from typing import get_args

from resnet_viz.networks.files import replacing
from resnet_viz.networks.imagenette import is_imagenette
from resnet_viz.training.command import counted, reported
from resnet_viz.training.data import Split, read_split
from resnet_viz.training.loop import Precision, Settings
from resnet_viz.training.models import ARCHS, network_of
from resnet_viz.training.run import Files, train
from resnet_viz.training.stored import IMAGENETTE_TERMS

SCHEDULE = "64x8"
"""Pixels x epochs: short enough for six networks."""

_OF_A_RUN = ("torch", "python", "precision", "train_images", "val_images", "side_of_files", "val_top1_on")


def finished(settings: Settings, runs: Path) -> Mapping[str, object] | None:
    """The record of a run with these settings that is done, figures at the end and all; None where there is none."""
    file = Files(runs / settings.arch, settings.arch).record
    try:
        record: Mapping[str, object] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    rows = record.get("rows")
    whole = isinstance(rows, list) and len(rows) == len(settings.sizes) and "final" in record
    return record if whole and record.get("args") == asdict(settings) else None


def result(settings: Settings, runs: Path, before: Mapping[str, object] = MappingProxyType({})) -> dict[str, object]:
    """Everything that the runs which are done came to, and what each of them was; `settings` for any of the networks.

    `before` is an earlier result of the same recipe: its runs stay, but those whose record lies in a folder below `runs`.
    """
    records = {arch: finished(replace(settings, arch=arch), runs) for arch in ARCHS}
    trained = {arch: record for arch, record in records.items() if record is not None}
    kept = dict(zip(_list(before.get("complete")), _list(before.get("runs")), strict=True))
    done = kept | {arch: _run(arch, record) for arch, record in trained.items()}
    of_data = {_terms(record) for record in trained.values()} | ({before["data"]} if kept else set())
    recipe = _recipe(settings)
    given = " ".join(f"--{name} {value}" for name, value in recipe.items())
    return {
        "command": f"python -m resnet_viz.training.curves --data DIR --runs DIR --out FILE {given}",
        "data": of_data.pop() if len(of_data) == 1 else "",
        "recipe": recipe,
        "complete": [arch for arch in ARCHS if arch in done],
        "missing": [arch for arch in ARCHS if arch not in done],
        "runs": [done[arch] for arch in ARCHS if arch in done],
    }


def earlier(settings: Settings, out: Path) -> Mapping[str, object]:
    """A result that was written before with the same recipe; empty where there is none."""
    try:
        found: Mapping[str, object] = json.loads(out.read_text(encoding="utf-8"))
        return found if found["recipe"] == _recipe(settings) else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def make(settings: Settings, data: Path, runs: Path, out: Path) -> None:
    """Train what is not trained yet and write the result after each run. Raises what `train` and `read_split` raise."""
    before = earlier(settings, out)
    found = result(settings, runs, before)
    write(out, found)
    splits: tuple[Split, Split] | None = None
    for arch in ARCHS:
        mine = replace(settings, arch=arch)
        if arch in _list(found["missing"]):
            splits = splits or (read_split(data, "train"), read_split(data, "val"))
            print(arch, flush=True)
            train(mine, *splits, runs / arch, tell=_tell, progress=counted(f"steps of this epoch, {arch}"))
            write(out, result(settings, runs, before))


def write(file: Path, found: Mapping[str, object]) -> None:
    """Write a result, whole or not at all; none of nothing."""
    if found["complete"]:
        with replacing(file) as part:
            part.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status: 0, or 2 after one line on stderr about what the user gave."""
    options = _parser().parse_args(argv)
    return reported(lambda: _make(options))


def _make(options: Namespace) -> int:
    settings = Settings(ARCHS[0], options.schedule, options.lr, options.batch, options.seed, options.precision)
    make(settings, options.data, options.runs, options.out)
    print(f"learning curves: {options.out}", flush=True)
    return 0


def _run(arch: str, record: Mapping[str, object]) -> dict[str, object]:
    about = {name: record[name] for name in _OF_A_RUN}
    return {"network": network_of(arch), **about, "final": record["final"], "rows": record["rows"]}


def _recipe(settings: Settings) -> dict[str, object]:
    return {name: value for name, value in asdict(settings).items() if name != "arch"}


def _terms(record: Mapping[str, object]) -> object:
    return IMAGENETTE_TERMS if is_imagenette(tuple(map(str, _list(record["classes"])))) else ""


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _tell(row: Mapping[str, object]) -> None:
    print(json.dumps(row), flush=True)


def _parser() -> ArgumentParser:
    usual = Settings(ARCHS[0], SCHEDULE)
    parser = ArgumentParser(
        prog="python -m resnet_viz.training.curves",
        description="Train residual and plain networks of 18, 34 and 50 layers alike, and write their learning curves.",
        epilog="A command that was stopped goes on where it was when it is given again.",
    )
    parser.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="train/CLASS/*.JPEG and val/CLASS/*.JPEG"
    )
    parser.add_argument("--runs", type=Path, required=True, metavar="DIR", help="folder for the six runs")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the .json to write")
    parser.add_argument("--schedule", default=usual.schedule, help="pixels x epochs, ... (default: %(default)s)")
    parser.add_argument("--lr", type=float, default=usual.lr, help="highest learning rate (default: %(default)s)")
    parser.add_argument("--batch", type=int, default=usual.batch, help="images in a step (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=usual.seed, help="of weights and data (default: %(default)s)")
    parser.add_argument(
        "--precision", default=usual.precision, choices=get_args(Precision), help="arithmetic of the passes"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
