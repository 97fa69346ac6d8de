"""`diagram`: the file is what its name says, and shows the view that was asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from resnet_viz.cli import main


@pytest.mark.parametrize(("suffix", "start"), [(".svg", b"<?xml"), (".png", b"\x89PNG\r\n"), (".pdf", b"%PDF-")])
def test_a_diagram_is_what_its_name_says(suffix: str, start: bytes, tmp_path: Path) -> None:
    file = tmp_path / f"figure{suffix}"
    assert main(["diagram", "resnet50", "--view", "layer2.0", "-o", str(file)]) == 0
    assert file.read_bytes().startswith(start)


@pytest.mark.parametrize(
    ("view", "texts"),
    [("overview", ["INPUT", "2048"]), ("stage1", ["BTNK1", "BTNK2"]), ("layer2.0", ["CONV 1x1", "512"])],
)
def test_the_view_decides_what_is_drawn(view: str, texts: list[str], tmp_path: Path) -> None:
    file = tmp_path / "figure.svg"
    assert main(["diagram", "resnet50", "--view", view, "-o", str(file)]) == 0
    drawn = file.read_text(encoding="utf-8")
    assert all(text in drawn for text in texts)
