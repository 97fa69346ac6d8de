"""Right answers for the lessons on the network, its stages, their cost, their code, and what articles get wrong."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from resnet_viz.blueprint.options import along_width
from resnet_viz.learn.forgotten import OUTCOMES, without_projection
from resnet_viz.learn.numbers_architecture import DEEPER, branch_weights
from resnet_viz.learn.plans import plan
from resnet_viz.learn.question import Question
from resnet_viz.records import BlockRecord


def true_of_resnet50() -> tuple[bool, ...]:
    """Which of the four sentences at the end of the lessons are true, in their order."""
    found = plan()
    projected = [block for block in found.blocks if block.shortcut == "projection"]
    kernels = [(found.layer(f"{block.name}.conv2").output_shape[0], block.output_shape[0]) for block in projected]
    return (
        all(block.output_shape[-1] < block.input_shape[-1] for block in projected),
        all(there == leaving for there, leaving in kernels),
        all(_strided(block) == 2 for block in projected if block.stage > 1),
        found.layers[-1].kind == "softmax",
    )


def _strided(block: BlockRecord) -> int:
    """How many convolutions of a block have a stride above 1."""
    layers = [plan().layer(name) for name in block.layers]
    return sum(layer.kind == "conv" and along_width(layer.options["stride"]) > 1 for layer in layers)


QUESTIONS: Mapping[str, Question] = MappingProxyType(
    {
        "network-101": Question("number", lambda: sum(layer.kind == "conv" for layer in plan(DEEPER).layers)),
        "stem-300": Question("shape", lambda: plan(size=300).stage("stage0").output_shape),
        "stages-320": Question("shape", lambda: plan(size=320).stage("stage3").output_shape),
        "cost-weights": Question("number", lambda: sum(branch_weights()), tolerance=0.005),
        "code-forgotten": Question("choice", lambda: OUTCOMES.index(without_projection().outcome)),
        "myths-true": Question("choice", lambda: true_of_resnet50().index(True)),
    }
)
