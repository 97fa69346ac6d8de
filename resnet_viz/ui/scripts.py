"""The scripts of the app's own components."""

from __future__ import annotations

from pathlib import Path

_SHARED = Path(__file__).parent / "elements.js"


def script(*files: Path) -> str:
    """One module out of these files and what all components share: a component has a single script."""
    return "\n".join(file.read_text(encoding="utf-8") for file in (*files, _SHARED))
