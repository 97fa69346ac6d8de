"""Right answers for the lessons on the network, its stages, their cost, their code, and what articles get wrong."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from resnet_viz.analysis.rows import totals
from resnet_viz.learn.forgotten import OUTCOMES, without_projection
from resnet_viz.learn.numbers_architecture import DEEPER, branch_weights
from resnet_viz.learn.plans import plan
from resnet_viz.learn.question import Question


def true_of_resnet50() -> tuple[bool, ...]:
    """Which of the four sentences at the end of the lessons are true, in their order."""
    found = plan()
    projected = [block for block in found.blocks if block.shortcut == "projection"]
    kernels = [(found.layer(f"{block.name}.conv2").output_shape[0], block.output_shape[0]) for block in projected]
    return (
        all(block.output_shape[-1] < block.input_shape[-1] for block in projected),
        all(there == leaving for there, leaving in kernels),
        2 * found.stage("stage4").params > found.params,
        found.layers[-1].kind == "softmax",
    )


QUESTIONS: Mapping[str, Question] = MappingProxyType(
    {
        "network-101": Question("number", lambda: totals(plan(DEEPER)).convolutions),
        "stem-300": Question("shape", lambda: plan(size=300).stage("stage0").output_shape),
        "stages-360": Question("shape", lambda: plan(size=360).stage("stage3").output_shape),
        "cost-weights": Question("number", lambda: sum(branch_weights()), tolerance=0.005),
        "code-forgotten": Question("choice", lambda: OUTCOMES.index(without_projection().outcome)),
        "myths-true": Question("choice", lambda: true_of_resnet50().index(True)),
    }
)
