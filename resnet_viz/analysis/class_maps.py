"""Where in a picture a network finds a class: maps of evidence for one logit, at any place that has height and width.

A (C, H, W) is the output of the place, G = dy/dA the gradient of the logit y, of the same shape. Cells of a map add up
over channels; what is below zero there speaks against the class, and is cut off as the methods' authors do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal, get_args

import torch
from torch import Tensor

from resnet_viz.analysis.backward import logit_gradients
from resnet_viz.analysis.heatmaps import heatmap_of, is_vector
from resnet_viz.errors import NetworkError
from resnet_viz.forward.program import Program
from resnet_viz.forward.run import value
from resnet_viz.records import Activations, Heatmap

Method = Literal["grad-cam", "grad-cam-pp", "hires-cam", "layer-cam", "eigen-cam"]
METHODS: tuple[Method, ...] = get_args(Method)

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "grad-cam": "Grad-CAM",
        "grad-cam-pp": "Grad-CAM++",
        "hires-cam": "HiResCAM",
        "layer-cam": "Layer-CAM",
        "eigen-cam": "Eigen-CAM",
    }
)
"""What the methods are called, the same in every language."""

SMALL = 1e-6
"""What pytorch-grad-cam adds to the denominator of Grad-CAM++, so that the two can be compared; the paper has none."""


def class_map(
    program: Program,
    activations: Activations,
    place: str,
    class_index: int,
    method: Method = "grad-cam",
    *,
    output: Tensor | None = None,
    against: bool = False,
) -> Heatmap:
    """The map (H, W) of a class at a place; `output` is the place's, where it is at hand.

    Only what lies behind the place is run and differentiated. With `against`, what speaks against the class stays, below
    zero. Eigen-CAM knows no class, asks for no gradient, and always has both signs.
    Raises NetworkError `unknown_place`, and `place_without_map` for a vector.
    """
    if output is None:
        output = value(program, activations, place)
    if is_vector(output):
        raise NetworkError("place_without_map", place=place, network=program.network)
    if method == "eigen-cam":
        return as_heatmap(place, method, eigen_cam(output), signed=True)
    gradient = logit_gradients(program, activations, class_index, place, output)[place]
    return as_heatmap(place, f"{method} {class_index}", evidence(method, output, gradient), signed=against)


def class_maps(
    program: Program, activations: Activations, place: str, class_index: int, methods: Sequence[Method] = METHODS
) -> tuple[Heatmap, ...]:
    """The maps of a class at a place by several methods, in their order, out of one gradient. Raises as `class_map`."""
    output = value(program, activations, place)
    if is_vector(output):
        raise NetworkError("place_without_map", place=place, network=program.network)
    gradient = logit_gradients(program, activations, class_index, place, output)[place]
    return tuple(
        as_heatmap(place, method, eigen_cam(output), signed=True)
        if method == "eigen-cam"
        else as_heatmap(place, f"{method} {class_index}", evidence(method, output, gradient), signed=False)
        for method in methods
    )


def grad_cam(program: Program, activations: Activations, place: str, class_index: int) -> Heatmap:
    """Grad-CAM of a class at a place, as `class_map` has it."""
    return class_map(program, activations, place, class_index)


def evidence(method: Method, output: Tensor, gradient: Tensor) -> Tensor:
    """Evidence (H, W) for a class before anything is cut off; A and G are (1, C, H, W).

        grad-cam    sum over c of mean(G_c) A_c                        Selvaraju et al. 2017, arXiv 1610.02391
        grad-cam-pp sum over c of sum(a_c ReLU(G_c)) A_c,              Chattopadhay et al. 2018, arXiv 1710.11063
                    a_c = G_c^2 / (2 G_c^2 + sum(A_c) G_c^3 + 1e-6)
        hires-cam   sum over c of G_c A_c                              Draelos and Carin 2020, arXiv 2011.08891
        layer-cam   sum over c of ReLU(G_c) A_c                        Jiang et al. 2021, IEEE TIP 30

    mean and sum without an index run over cells.
    """
    match method:
        case "grad-cam":
            weighted = gradient.mean((2, 3), keepdim=True) * output
        case "grad-cam-pp":
            weighted = _plus_plus(output, gradient) * output
        case "hires-cam":
            weighted = gradient * output
        case "layer-cam":
            weighted = gradient.relu() * output
        case "eigen-cam":
            raise ValueError("Eigen-CAM is no evidence for a class")
    return weighted.sum(1)[0]


@torch.inference_mode()
def eigen_cam(output: Tensor) -> Tensor:
    """Eigen-CAM (H, W): each cell's channels along the direction in which cells differ most; A is (1, C, H, W).

        (A_p - mean over cells of A) . v,   v the first right singular vector of the centred (cells, C) matrix

    v has no sign of its own: the map's is that of where channels are strong. Muhammad and Yeasin 2020, arXiv 2008.00299.
    """
    cells = output[0].flatten(1).T.double()
    centred = cells - cells.mean(0)
    # The smaller one of the two Gram matrices: an early place has far more cells than channels, the last far fewer.
    if centred.shape[0] >= centred.shape[1]:
        found = centred @ torch.linalg.eigh(centred.T @ centred).eigenvectors[:, -1]
    else:
        values, vectors = torch.linalg.eigh(centred @ centred.T)
        found = vectors[:, -1] * values[-1].clamp(min=0).sqrt()
    along = found @ torch.linalg.vector_norm(cells, dim=1)
    found = -found if along < 0 else found
    cells_of_map: Tensor = found.reshape(output.shape[-2:]).to(output.dtype)
    return cells_of_map


def as_heatmap(place: str, name: str, cells: Tensor, *, signed: bool) -> Heatmap:
    """Evidence (H, W) as a map; what is below zero is cut off where it is not `signed`."""
    return heatmap_of(place, name, (cells if signed else cells.relu()).detach().numpy().copy(), signed=signed)


def _plus_plus(output: Tensor, gradient: Tensor) -> Tensor:
    """Grad-CAM++'s weight of each channel, (1, C, 1, 1)."""
    square = gradient.square()
    total = output.sum((2, 3), keepdim=True)
    share = square / (2 * square + total * square * gradient + SMALL)
    return (gradient.relu() * share).sum((2, 3), keepdim=True)
