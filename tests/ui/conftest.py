"""No test of the pages' parts sees ImageNet weights that the machine may have in its cache."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache of torchvision's weights that holds none."""
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
