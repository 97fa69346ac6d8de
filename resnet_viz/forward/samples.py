"""The photographs that come with the project, for visitors without one at hand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "assets" / "samples"


@dataclass(frozen=True, slots=True)
class Sample:
    """A photograph that anyone may use; `assets/samples/LICENSES.md` tells where it comes from."""

    name: str
    """Its id in URLs, the same in every language."""
    author: str
    licence: str

    @property
    def path(self) -> Path:
        """Its file."""
        return FOLDER / f"{self.name}.jpg"


_SAMPLES = (
    Sample("cat", "Stéfan van der Walt", "CC0"),
    Sample("coffee", "Rachel Michetti", "CC0"),
    Sample("astronaut", "NASA", "public domain"),
    Sample("rocket", "SpaceX", "public domain"),
    Sample("photographer", "Lav Varshney", "CC0"),
    Sample("galaxies", "NASA", "public domain"),
)


def samples() -> tuple[Sample, ...]:
    """All samples, in the order in which they are offered."""
    return _SAMPLES
