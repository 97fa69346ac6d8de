"""Where in a picture a network finds a class: maps of evidence for one logit, at any place that has height and width."""

from __future__ import annotations

from torch import Tensor

from resnet_viz.analysis.gradients import gradients
from resnet_viz.analysis.heatmaps import is_vector
from resnet_viz.errors import NetworkError
from resnet_viz.forward.program import Program
from resnet_viz.forward.run import value
from resnet_viz.records import INPUT, Activations, Heatmap


def grad_cam(program: Program, activations: Activations, place: str, class_index: int) -> Heatmap:
    """Grad-CAM: the channels of a place, each weighted by what its mean adds to the logit of a class.

        w_c = mean over cells of dy/dA_c,   map = ReLU(sum over c of w_c A_c)

    A (C, H, W) is the output of `place`, y the logit; the map (H, W) has the unit of the logit times its cells. Only
    what lies behind the place is run and differentiated. Selvaraju et al. 2017, arXiv 1610.02391, equations 1 and 2.
    Raises NetworkError `unknown_place`, and `place_without_map` for a vector.
    """
    output = value(program, activations, place)
    if is_vector(output):
        raise NetworkError("place_without_map", place=place, network=program.network)
    start = known_before(program, activations, place) | {place: output}
    gradient = gradients(program, start, class_index, [place])[place]
    weights = gradient.mean(dim=(2, 3), keepdim=True)
    cells = (weights * output).sum(1)[0].relu().numpy().copy()
    return Heatmap(place, f"grad-cam {class_index}", cells, float(cells.min()), float(cells.max()), signed=False)


def known_before(program: Program, activations: Activations, place: str) -> dict[str, Tensor]:
    """What a pass kept of the operations that run before a place: shortcuts around it may start there."""
    order = {name: number for number, name in enumerate(program.steps)}
    here = order.get(program.outputs.get(place, place), -1)
    return {name: kept for name, kept in activations.kept.items() if name == INPUT or order[name] < here}
