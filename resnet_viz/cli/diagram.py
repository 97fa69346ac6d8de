"""`diagram`: a view of a network as SVG, PNG or PDF."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from resnet_viz.blueprint import blueprint
from resnet_viz.cli.streams import naming
from resnet_viz.cli.usage import UsageError
from resnet_viz.figures.architecture import figure
from resnet_viz.figures.graph_render import MEDIA_TYPES, Format, render

FORMATS: Mapping[str, Format] = MappingProxyType({f".{kind}": kind for kind in MEDIA_TYPES})
"""What is drawn for each ending of a file's name."""


def write_diagram(network: str, size: int | None, view: str, file: Path) -> None:
    """Draw `overview`, a stage (`stage1`) or a block (`layer2.0`) into a file whose name says the format.

    Raises NetworkError for a network or size that does not exist, UsageError for a view or format that does not.
    """
    how = FORMATS.get(file.suffix.lower())
    if how is None:
        raise UsageError("diagram_format", file=file.name, known=tuple(FORMATS))
    plan = blueprint(network, size)
    if view not in {"overview", *(stage.name for stage in plan.stages), *(block.name for block in plan.blocks)}:
        raise UsageError("diagram_view", view=view, network=network)
    picture = render(figure(plan, view), how)
    with naming(file):
        file.write_bytes(picture)
