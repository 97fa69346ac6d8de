"""`diagram`: a view of a network as SVG, PNG or PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from resnet_viz.blueprint import blueprint
from resnet_viz.cli.parser import UsageError
from resnet_viz.figures.architecture import figure
from resnet_viz.figures.graph_render import render

Format = Literal["svg", "png", "pdf"]
FORMATS: dict[str, Format] = {".svg": "svg", ".png": "png", ".pdf": "pdf"}


def write_diagram(network: str, size: int | None, view: str, file: Path) -> None:
    """Draw `overview`, a stage (`stage1`) or a block (`layer2.0`) into a file whose name says the format.

    Raises NetworkError for a network, size or view that does not exist, UsageError for another format.
    """
    how = FORMATS.get(file.suffix.lower())
    if how is None:
        raise UsageError("diagram_format", file=file.name, known=", ".join(FORMATS))
    picture = render(figure(blueprint(network, size), view), how)
    file.write_bytes(picture)
