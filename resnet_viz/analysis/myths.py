"""What articles say of ResNet-50 and its kin, each claim put to the live model: whether it holds, and what it says instead.

The article is the one on ResNet-50's structure that `article_errors` runs the code of; another one gives sizes of VGG-16's
feature maps; and one claim is told in many. Nothing here is known beforehand: a claim that came true would be reported so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

import torch
from torch import nn

from resnet_viz.analysis.article_errors import article_points
from resnet_viz.analysis.chain import PRESETS, derive
from resnet_viz.analysis.rows import shape_text, totals
from resnet_viz.analysis.signal import passage
from resnet_viz.blueprint import blueprint, read_blueprint
from resnet_viz.blueprint.options import along_width
from resnet_viz.forward.run import compile_program
from resnet_viz.networks.catalog import build
from resnet_viz.networks.normalisation import normalised
from resnet_viz.networks.seeding import seeded
from resnet_viz.records import BlockRecord, Blueprint

Source = Literal["article", "another", "many"]

NETWORK, FIRST_VERSION = "resnet50", "resnet50-v1"

CLAIMED_STAGE_1 = (64, 56, 56)
"""What stage 1 is said to take and to give."""
CLAIMED_CONVOLUTIONS = 49
CLAIMED_VGG = ((64, 320, 320), (128, 160, 160))
"""What VGG-16 is said to give before its first two pools at `VGG_SIZE` pixels."""
VGG_SIZE = 352

PLAIN = "plain34"
"""The deepest of the plain networks that the paper trains on ImageNet."""
SMALL = 64
"""Input side in pixels for that network's gradients, and `IMAGES` of them for batch norm to take statistics of."""
IMAGES = 4


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of a claim."""

    holds: bool
    """Whether the live model bears it out."""
    values: Mapping[str, object]
    """The numbers and names that its sentence tells."""


@dataclass(frozen=True, slots=True)
class Myth:
    """A claim, and what asks the live model about it."""

    code: str
    """Names the claim's sentences."""
    source: Source
    ask: Callable[[], Finding]


def stage_shapes() -> Finding:
    """Stage 1 keeps the shape."""
    stage = _plan(NETWORK).stage("stage1")
    holds = stage.input_shape == stage.output_shape == CLAIMED_STAGE_1
    shapes = {"entry": shape_text(stage.input_shape), "leave": shape_text(stage.output_shape)}
    return Finding(holds, {"claimed": shape_text(CLAIMED_STAGE_1)} | shapes)


def projections_keep_size() -> Finding:
    """A projection block changes the channels and leaves the size alone."""
    blocks = _projected(_plan(NETWORK))
    halving = tuple(block.name for block in blocks if block.output_shape[-1] < block.input_shape[-1])
    return Finding(not halving, {"count": len(halving), "all": len(blocks), "names": _code(*halving)})


def convolutions() -> Finding:
    """There are 49 convolutions."""
    found = totals(_plan(NETWORK))
    counts = {"all": found.convolutions, "main": found.main_path, "projections": found.projections}
    return Finding(found.convolutions == CLAIMED_CONVOLUTIONS, {"claimed": CLAIMED_CONVOLUTIONS} | counts)


def strides() -> Finding:
    """A BTNK1 has its stride in its two 1x1 convolutions, the first and the projection."""
    here, first = _strided(_plan(NETWORK)), _strided(_plan(FIRST_VERSION))
    holds = all("conv2" not in name for name in here)
    return Finding(holds, {"names": _code(*here), "first": _code(*first)})


def printed_code() -> Finding:
    """The printed block runs."""
    outcomes = [trial.outcome for point in article_points() for trial in point.printed]
    errors = [outcome for outcome in outcomes if outcome.error]
    said = f"{errors[0].error}: {errors[0].message}" if errors else ""
    return Finding(not errors, {"errors": len(errors), "all": len(outcomes), "said": said})


def expansion() -> Finding:
    """`expansion = 4` makes the kernel four times the one before."""
    plan = _plan(NETWORK)
    before, last = plan.layer("layer1.0.conv2"), plan.layer("layer1.0.conv3")
    kernels = [along_width(layer.options["kernel_size"]) for layer in (before, last)]
    channels = before.output_shape[0], last.output_shape[0]
    return Finding(
        kernels[1] == 4 * kernels[0],
        {
            "kernel": f"{kernels[1]}x{kernels[1]}",
            "times": channels[1] // channels[0],
            "few": channels[0],
            "many": channels[1],
        },
    )


def regularisation() -> Finding:
    """Batch norm is a regularisation: here, what it does to values of a seeded draw with mean 5 and deviation 3."""
    with seeded(0):
        values = 5 + 3 * torch.randn(8, 1, 16, 16)
    given = nn.BatchNorm2d(1)(values).detach()
    holds = abs(given.mean().item()) > 1e-3 or abs(given.std(correction=0).item() - 1) > 1e-3
    numbers = {"mean": values.mean(), "std": values.std(correction=0), "after": given.mean(), "spread": given.std()}
    return Finding(holds, {name: f"{abs(value.item()):.2f}" for name, value in numbers.items()})


def slope_alone() -> Finding:
    """Whether gradients vanish or explode depends on the activation's slope alone: chains of one slope, and three weights."""
    chains = [PRESETS[name] for name in ("steepest", "even", "explodes")]
    found = [derive(chain) for chain in chains]
    slopes = {link.slope for one in found for link in one.links}
    ratios = [one.ratio for one in found]
    return Finding(
        len(set(ratios)) == len(slopes) == 1,
        {"slope": f"{max(slopes):g}", "needed": f"{1 / max(slopes):g}"}
        | {f"weight{n}": f"{chain.weights[0]:g}" for n, chain in enumerate(chains, 1)}
        | {f"ratio{n}": f"{ratio:.3g}" for n, ratio in enumerate(ratios, 1)},
    )


def probabilities() -> Finding:
    """The classifier gives probabilities: here, what an untrained network gives for a seeded picture."""
    plan = _plan(NETWORK)
    last = plan.layers[-1]
    with seeded(0):
        picture = torch.rand(1, 3, 32, 32)
    with torch.inference_mode():
        logits = build(NETWORK)(picture)[0]
    holds = bool((logits >= 0).all()) and abs(logits.sum().item() - 1) < 1e-3
    return Finding(
        holds,
        {
            "last": last.code.split("(")[0],
            "softmax": sum("softmax" in layer.kind for layer in plan.layers),
            "least": f"{logits.min().item():.2f}".replace("-", "−"),
            "sum": f"{logits.sum().item():.2f}".replace("-", "−"),
            "one": f"{logits.softmax(0).sum().item():.2f}",
        },
    )


def gradients_vanish() -> Finding:
    """Deep plain networks fail because their gradients vanish: the gradient on its way back through an untrained one."""
    model = normalised(build(PLAIN), "batch")
    plan = read_blueprint(model, PLAIN, SMALL)
    with seeded(0):
        images = torch.randn(IMAGES, 3, SMALL, SMALL)
    found = passage(compile_program(model, plan), plan, images)
    first, last = found.stream[0], found.stream[-1]
    ratio = f"{float(f'{found.gradient_ratio:.2g}'):g}"
    return Finding(
        found.verdict == "vanishes", {"ratio": ratio, "first": f"`{first.place}`", "last": f"`{last.place}`"}
    )


def vgg_shapes() -> Finding:
    """VGG-16 at 352 pixels gives maps of side 320 and 160 before its first two pools."""
    plan = _plan("vgg16", VGG_SIZE)
    before = [layer.input_shapes[0] for layer in plan.layers if layer.kind == "maxpool"]
    claimed = ", ".join(map(shape_text, CLAIMED_VGG))
    found = ", ".join(map(shape_text, before[: len(CLAIMED_VGG)]))
    holds = tuple(before[: len(CLAIMED_VGG)]) == CLAIMED_VGG
    return Finding(holds, {"size": VGG_SIZE, "claimed": claimed, "found": found})


MYTHS: tuple[Myth, ...] = (
    Myth("stage_shapes", "article", stage_shapes),
    Myth("projections_keep_size", "article", projections_keep_size),
    Myth("convolutions", "article", convolutions),
    Myth("strides", "article", strides),
    Myth("printed_code", "article", printed_code),
    Myth("expansion", "article", expansion),
    Myth("regularisation", "article", regularisation),
    Myth("slope_alone", "article", slope_alone),
    Myth("probabilities", "article", probabilities),
    Myth("gradients_vanish", "many", gradients_vanish),
    Myth("vgg_shapes", "another", vgg_shapes),
)
"""All claims, in the order in which they are shown."""


@cache
def _plan(name: str, size: int | None = None) -> Blueprint:
    return blueprint(name, size)


def _projected(plan: Blueprint) -> list[BlockRecord]:
    return [block for block in plan.blocks if block.shortcut == "projection"]


def _strided(plan: Blueprint) -> list[str]:
    """Convolutions with a stride in the first block that has one, the projection among them: `conv2`, `downsample.0`."""
    block = next(block for block in _projected(plan) if block.s > 1)
    layers = [plan.layer(name) for name in block.layers]
    strided = [layer.name for layer in layers if along_width(layer.options.get("stride", 1)) > 1]
    return [name.removeprefix(f"{block.name}.") for name in strided]


def _code(*names: str) -> tuple[str, ...]:
    return tuple(f"`{name}`" for name in names)
