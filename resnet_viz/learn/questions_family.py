"""Right answers for the lessons on the history of depth and on side outputs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from resnet_viz.analysis.family import depth_parts
from resnet_viz.analysis.side_outputs import side_outputs
from resnet_viz.learn.plans import plan
from resnet_viz.learn.question import Question
from resnet_viz.records import Shape


def depth_without(stage: int) -> int:
    """Depth of ResNet-50 without one of its stages."""
    return sum(len(part.counted) for part in depth_parts(plan()) if part.stage != stage)


def _level(name: str, network: str, size: int) -> Shape:
    return next(out.shape for out in side_outputs(plan(network, size)) if out.level == name)


QUESTIONS: Mapping[str, Question] = MappingProxyType(
    {
        "depth-cut": Question("number", lambda: depth_without(4)),
        "outputs-512": Question("shape", lambda: _level("C4", "resnet34", 512)),
    }
)
