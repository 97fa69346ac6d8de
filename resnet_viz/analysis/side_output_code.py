"""PyTorch that hands out a network's side outputs, in the two ways that torchvision has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

from resnet_viz.analysis.side_outputs import SideOutput, side_outputs
from resnet_viz.networks.catalog import spec
from resnet_viz.records import Blueprint

How = Literal["create_feature_extractor", "IntermediateLayerGetter"]
WAYS: tuple[How, ...] = get_args(How)


def side_output_code(plan: Blueprint, how: How) -> str:
    """A script that prints the name and shape of each side output; untrained, and ready for weights."""
    outs = side_outputs(plan)
    own = spec(plan.network).tv_weights is None
    lines = ["import torch"]
    if not own:
        lines.append("from torchvision import models")
    if how == "create_feature_extractor":
        lines.append("from torchvision.models.feature_extraction import create_feature_extractor")
    else:
        lines.append("from torchvision.models._utils import IntermediateLayerGetter")
    if own:
        lines.append("from resnet_viz.networks.catalog import build  # this project's: torchvision has no such network")
    # Without heads that serve training alone: a getter would run them as layers of the main path.
    arguments = "weights=None, aux_logits=False, init_weights=True" if plan.network == "googlenet" else "weights=None"
    built = f'build("{plan.network}")' if own else f"models.{plan.network}({arguments})"
    lines += ["", f"model = {built}.eval()"]
    body, prefix = _getter_body(outs) if how == "IntermediateLayerGetter" else ("model", "")
    lines.append("levels = {")
    lines += [f'    "{out.module.removeprefix(prefix)}": "{out.level}",  # stride {out.step}' for out in outs]
    lines += ["}", f"backbone = {how}({body}, levels)", "", f"x = torch.randn{(1, *plan.input_shape)}"]
    lines += ["with torch.no_grad():", "    outputs = backbone(x)", "for name, output in outputs.items():"]
    return "\n".join([*lines, "    print(name, tuple(output.shape))"]) + "\n"


def _getter_body(outs: Sequence[SideOutput]) -> tuple[str, str]:
    """The module whose own children the outputs are, and what stands before their names there: `features.`."""
    parents = {out.module.rpartition(".")[0] for out in outs}
    (parent,) = parents
    return (f"model.{parent}", f"{parent}.") if parent else ("model", "")
