"""How far two bundled networks are a controlled pair: what the records of their training share, and where they differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from resnet_viz.networks.checkpoint import outline
from resnet_viz.networks.weights import bundled_file

ARGUMENTS = ("schedule", "lr", "batch", "seed")
"""What a run was told, besides the network."""
CIRCUMSTANCES = ("precision", "torch", "python", "train_images", "side_of_files")
"""What else may make two runs differ. The precision is an argument today and was none once: the record always has it."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two records of training, name by name."""

    shared: Mapping[str, str]
    differing: Mapping[str, tuple[str, str]]

    @property
    def twins(self) -> bool:
        """Whether both began from the same values and saw the same images in the same order, at the same rates."""
        return all(name in self.shared for name in (*ARGUMENTS, "train_images", "side_of_files"))


def record_of(network: str) -> Mapping[str, object] | None:
    """What the training run of a network's bundled weights wrote about itself; None where there are none."""
    file = bundled_file(network)
    card = outline(file, file.name).card if file.is_file() else None
    return None if card is None else card.record


def pairing(one: Mapping[str, object], other: Mapping[str, object]) -> Pairing:
    """What two records of training have in common and where they differ. What neither names is left out."""
    both = {name: (first, second) for name, first, second in zip(_NAMES, _values(one), _values(other), strict=True)}
    named = {name: values for name, values in both.items() if any(values)}
    return Pairing(
        {name: first for name, (first, second) in named.items() if first == second},
        {name: values for name, values in named.items() if values[0] != values[1]},
    )


_NAMES = (*ARGUMENTS, *CIRCUMSTANCES)


def _values(record: Mapping[str, object]) -> list[str]:
    arguments = record.get("args")
    given = arguments if isinstance(arguments, dict) else {}
    return [_text(given.get(name)) for name in ARGUMENTS] + [_text(record.get(name)) for name in CIRCUMSTANCES]


def _text(value: object) -> str:
    return "" if value is None else str(value)
