"""The readable side of the cards: `README.md` in a folder of stored weights, made from the files in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from resnet_viz.networks.card import Card
from resnet_viz.networks.checkpoint import outline
from resnet_viz.networks.files import replacing, sha256_of
from resnet_viz.networks.measured import with_measurements

_INTRODUCTION = """\
# Bundled weights

Written by `python -m resnet_viz.training.store` and `python -m resnet_viz.training.evaluate` from the card that each
file carries in its metadata and from what was measured of it since (`.measured.json`). The files are safetensors:
loading one runs nothing. In an int8 file the weights of convolutions and linear layers are int8, symmetric, with a
float32 scale for each output channel (`conv1.weight`, `conv1.weight.scale`; weight = int8 x scale); all else is float32.
"""


def write_readme(folder: Path) -> None:
    """Write what the weights in a folder are into its README.md. Raises WeightsError for a file that is none."""
    files = sorted(folder.glob("*.safetensors"))
    cards = [(file, outline(file, file.name).card) for file in files]
    parts = [_INTRODUCTION, *(section(file, with_measurements(card, file)) for file, card in cards if card)]
    with replacing(folder / "README.md") as part:
        part.write_text("\n".join(parts), encoding="utf-8")


def section(file: Path, card: Card) -> str:
    """What one file is, as Markdown."""
    rows = [
        ("Network", f"`{card.network}`"),
        ("Trained on", card.data or card.trained_on),
        ("Images", _images(card.record)),
        ("Classes", ", ".join(f"{label.en} ({label.zh})" if label.zh else label.en for label in card.labels)),
        ("Recipe", _recipe(card.record)),
        ("Versions", _versions(card.record)),
        ("Input", _input(card)),
        ("Stored as", f"{card.storage}, {file.stat().st_size:,} bytes, SHA-256 `{sha256_of(file)}`"),
        ("Licence of the weights", card.licence),
    ]
    lines = [f"## {file.name}", "", "| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows), ""]
    return "\n".join([*lines, *_accuracies(card)])


def _accuracies(card: Card) -> list[str]:
    if not card.measurements:
        return ["Its accuracy has not been measured.", ""]
    worst = max(row.float32 - row.stored for row in card.measurements)
    return [
        f"Top-1 accuracy on all {card.measured_on:,} validation images, both measured in float32 arithmetic:",
        "",
        f"| input size | weights of the run | as stored ({card.storage}) |",
        "|---|---|---|",
        *(f"| {row.size} px | {row.float32:.2f} % | {row.stored:.2f} % |" for row in card.measurements),
        "",
        f"Storing costs {worst:.2f} points at most." if worst > 0 else "Storing costs nothing.",
        "",
    ]


def _images(record: Mapping[str, object]) -> str:
    return "{:,} for training, {:,} for validation, {} pixels a side".format(
        record.get("train_images", 0), record.get("val_images", 0), record.get("side_of_files", "?")
    )


def _recipe(record: Mapping[str, object]) -> str:
    arguments = record.get("args")
    given = " ".join(f"--{key} {value}" for key, value in arguments.items()) if isinstance(arguments, dict) else ""
    return f"`python -m resnet_viz.training --data DIR --out DIR {given}`".replace(" `", "`")


def _versions(record: Mapping[str, object]) -> str:
    return f"PyTorch {record.get('torch')}, Python {record.get('python')}, {record.get('precision')}"


def _input(card: Card) -> str:
    size = card.transforms.size
    mean, std = (" ".join(map(str, numbers)) for numbers in (card.transforms.mean, card.transforms.std))
    how = card.transforms.interpolation
    return f"centre square without a margin, scaled to {size} x {size} ({how}), mean {mean}, std {std}"
