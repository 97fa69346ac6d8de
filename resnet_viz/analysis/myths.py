"""What articles say of ResNet-50 and its kin, each claim put to the live model: whether it holds, and what it says.

The article is the one on ResNet-50's structure that `article_errors` runs the code of; another one gives sizes of VGG-16's
feature maps; two claims are the paper's on residual networks; and one is told in many. Nothing here is known beforehand:
whether a claim holds, fails, or depends on a version or on a rule of counting is what comes of asking.
"""

from __future__ import annotations

import torch
from torch import nn

from resnet_viz.analysis.article_errors import article_points
from resnet_viz.analysis.chain import PRESETS, derive
from resnet_viz.analysis.claims import Finding, Myth, verdict_of
from resnet_viz.analysis.numbers import minus
from resnet_viz.analysis.rows import shape_text, totals
from resnet_viz.analysis.signal import passage
from resnet_viz.blueprint import blueprint, read_blueprint
from resnet_viz.blueprint.options import along_width, strided
from resnet_viz.forward.run import compile_program
from resnet_viz.networks.catalog import build
from resnet_viz.networks.normalisation import normalised
from resnet_viz.networks.seeding import seeded
from resnet_viz.records import BlockRecord, Blueprint, Shape

NETWORK, FIRST_VERSION = "resnet50", "resnet50-v1"

CLAIMED_STAGE_1 = (64, 56, 56)
"""What stage 1 is said to take and to give."""
CLAIMED_CONVOLUTIONS = 49
CLAIMED_VGG = ((64, 320, 320), (128, 160, 160))
"""What VGG-16 is said to give before its first two pools at `VGG_SIZE` pixels."""
CLAIMED_VGG_LATE = ((256, 88, 88), (512, 44, 44), (512, 22, 22))
"""And before the three that follow."""
VGG_SIZE = 352

TWIN = "plain50"
"""`NETWORK` without its shortcuts."""
DEEPEST, WIDE = "resnet152", "vgg16"
"""The paper's deepest network for ImageNet, and one of a ninth of its depth that it is held against."""

PLAIN = "plain34"
"""The deepest of the plain networks that the paper trains on ImageNet."""
SMALL = 64
"""Input side in pixels for that network's gradients, and `IMAGES` of them for batch norm to take statistics of."""
IMAGES = 4


def stage_shapes() -> Finding:
    """Stage 1 keeps the shape."""
    stage = blueprint(NETWORK).stage("stage1")
    holds = stage.input_shape == stage.output_shape == CLAIMED_STAGE_1
    shapes = {"entry": shape_text(stage.input_shape), "leave": shape_text(stage.output_shape)}
    return Finding(verdict_of(holds), {"claimed": shape_text(CLAIMED_STAGE_1)} | shapes)


def projections_keep_size() -> Finding:
    """A projection block changes the channels and leaves the size alone."""
    blocks = _projected(blueprint(NETWORK))
    halving = tuple(block.name for block in blocks if block.output_shape[-1] < block.input_shape[-1])
    return Finding(verdict_of(not halving), {"count": len(halving), "all": len(blocks), "names": _code(*halving)})


def convolutions() -> Finding:
    """There are 49 convolutions."""
    found = totals(blueprint(NETWORK))
    counts = {"all": found.convolutions, "main": found.main_path, "projections": found.projections}
    by_rule = [rule == CLAIMED_CONVOLUTIONS for rule in (found.convolutions, found.main_path)]
    return Finding(verdict_of(*by_rule), {"claimed": CLAIMED_CONVOLUTIONS} | counts)


def strides() -> Finding:
    """A BTNK1 has its stride in its two 1x1 convolutions, the first and the projection."""
    here, first = _first_strided(blueprint(NETWORK)), _first_strided(blueprint(FIRST_VERSION))
    by_version = [names == ("conv1", "downsample.0") for names in (here, first)]
    return Finding(verdict_of(*by_version), {"names": _code(*here), "first": _code(*first)})


def printed_code() -> Finding:
    """The printed block runs."""
    outcomes = [trial.outcome for point in article_points() for trial in point.printed]
    errors = [outcome for outcome in outcomes if outcome.error]
    said = f"{errors[0].error}: {errors[0].message}" if errors else ""
    return Finding(verdict_of(not errors), {"errors": len(errors), "all": len(outcomes), "said": said})


def expansion() -> Finding:
    """`expansion = 4` makes the kernel four times the one before."""
    plan = blueprint(NETWORK)
    before, last = plan.layer("layer1.0.conv2"), plan.layer("layer1.0.conv3")
    kernels = [along_width(layer.options["kernel_size"]) for layer in (before, last)]
    channels = before.output_shape[0], last.output_shape[0]
    return Finding(
        verdict_of(kernels[1] == 4 * kernels[0]),
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
    return Finding(verdict_of(holds), {name: f"{abs(value.item()):.2f}" for name, value in numbers.items()})


def slope_alone() -> Finding:
    """Whether gradients vanish or explode depends on the activation's slope alone: chains of one slope, and three weights."""
    chains = [PRESETS[name] for name in ("steepest", "even", "explodes")]
    found = [derive(chain) for chain in chains]
    slopes = {link.slope for one in found for link in one.links}
    ratios = [one.ratio for one in found]
    return Finding(
        verdict_of(len(set(ratios)) == len(slopes) == 1),
        {"slope": f"{max(slopes):g}", "needed": f"{1 / max(slopes):g}"}
        | {f"weight{n}": f"{chain.weights[0]:g}" for n, chain in enumerate(chains, 1)}
        | {f"ratio{n}": f"{ratio:.3g}" for n, ratio in enumerate(ratios, 1)},
    )


def probabilities() -> Finding:
    """The classifier gives probabilities: here, what an untrained network gives for a seeded picture."""
    plan = blueprint(NETWORK)
    last = plan.layers[-1]
    with seeded(0):
        picture = torch.rand(1, 3, 32, 32)
    with torch.inference_mode():
        logits = build(NETWORK)(picture)[0]
    holds = bool((logits >= 0).all()) and abs(logits.sum().item() - 1) < 1e-3
    return Finding(
        verdict_of(holds),
        {
            "last": last.code.split("(")[0],
            "softmax": sum("softmax" in layer.kind for layer in plan.layers),
            "least": minus(f"{logits.min().item():.2f}"),
            "sum": minus(f"{logits.sum().item():.2f}"),
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
    crossed = last.layer - first.layer
    return Finding(
        verdict_of(found.verdict == "vanishes"),
        {"ratio": ratio, "first": f"`{first.place}`", "last": f"`{last.place}`"}
        | {"layers": crossed, "each": f"{found.gradient_ratio ** (1 / crossed):.2f}"},
    )


def vgg_shapes() -> Finding:
    """VGG-16 at 352 pixels gives maps of side 320 and 160 before its first two pools."""
    return _before_pools(CLAIMED_VGG, 0)


def vgg_late_shapes() -> Finding:
    """VGG-16 at 352 pixels gives maps of side 88, 44 and 22 before the three pools that follow."""
    return _before_pools(CLAIMED_VGG_LATE, len(CLAIMED_VGG))


def identities_are_free() -> Finding:
    """A shortcut that is an identity has no parameters: the network beside the same one without shortcuts."""
    plan, twin = blueprint(NETWORK), blueprint(TWIN)
    projections = sum(plan.layer(name).params for block in plan.blocks for name in block.projection)
    free = [block for block in plan.blocks if block.shortcut == "identity"]
    more = plan.params - twin.params
    numbers = {"params": plan.params, "plain": twin.params, "more": more, "projections": projections}
    return Finding(
        verdict_of(more == projections),
        {name: f"{number:,}" for name, number in numbers.items()} | {"count": len(_projected(plan)), "free": len(free)},
    )


def deeper_is_cheaper() -> Finding:
    """A residual network of 152 layers takes fewer multiply-adds than VGG-16."""
    deep, wide = blueprint(DEEPEST), blueprint(WIDE)
    macs = {"deep_macs": deep.macs, "wide_macs": wide.macs}
    return Finding(
        verdict_of(deep.macs < wide.macs),
        {name: f"{number / 1e9:.1f}" for name, number in macs.items()} | {"deep": deep.depth, "wide": wide.depth},
    )


MYTHS: tuple[Myth, ...] = (
    Myth("stage_shapes", "article", stage_shapes),
    Myth("identities_are_free", "paper", identities_are_free),
    Myth("projections_keep_size", "article", projections_keep_size),
    Myth("convolutions", "article", convolutions),
    Myth("strides", "article", strides),
    Myth("printed_code", "article", printed_code),
    Myth("expansion", "article", expansion),
    Myth("deeper_is_cheaper", "paper", deeper_is_cheaper),
    Myth("regularisation", "article", regularisation),
    Myth("slope_alone", "article", slope_alone),
    Myth("probabilities", "article", probabilities),
    Myth("gradients_vanish", "many", gradients_vanish),
    Myth("vgg_shapes", "another", vgg_shapes),
    Myth("vgg_late_shapes", "another", vgg_late_shapes),
)
"""All claims, in the order in which they are shown."""


def _before_pools(claimed: tuple[Shape, ...], skipped: int) -> Finding:
    """What VGG-16 gives before its pools behind the first `skipped`, beside what it is said to give there."""
    plan = blueprint("vgg16", VGG_SIZE)
    before = tuple(layer.input_shapes[0] for layer in plan.layers if layer.kind == "maxpool")
    found = before[skipped : skipped + len(claimed)]
    shapes = {name: ", ".join(map(shape_text, one)) for name, one in (("claimed", claimed), ("found", found))}
    return Finding(verdict_of(found == claimed), {"size": VGG_SIZE, **shapes})


def _projected(plan: Blueprint) -> list[BlockRecord]:
    return [block for block in plan.blocks if block.shortcut == "projection"]


def _first_strided(plan: Blueprint) -> tuple[str, ...]:
    """Convolutions with a stride in the first block that has one, the projection among them."""
    return strided(plan, next(block for block in _projected(plan) if block.s > 1))


def _code(*names: str) -> tuple[str, ...]:
    return tuple(f"`{name}`" for name in names)
