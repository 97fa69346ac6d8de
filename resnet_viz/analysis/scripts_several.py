"""Several pictures as PyTorch: what goes on behind `scripts.opening_of_several`, from `model`, `names` and `load`."""

from __future__ import annotations

from collections.abc import Sequence

from resnet_viz.analysis.scripts_inside import ready_lines, run_lines
from resnet_viz.analysis.several import How
from resnet_viz.records import Blueprint

_MAPS: dict[How, tuple[str, ...]] = {
    "mean": ("values = A.mean(1)[0]",),
    "max": ("values = A.amax(1)[0]",),
    "norm": ("values = torch.linalg.vector_norm(A, dim=1)[0]",),
    "grad-cam": (
        "(G,) = torch.autograd.grad(answer[best], A)",
        "values = (G.mean((2, 3), keepdim=True) * A).sum(1)[0].relu()",
    ),
}


def several_script(plan: Blueprint, place: str, how: How, files: Sequence[str]) -> str:
    """Prints the answer to each picture with its probability, and the ends and the mean of its map of a place."""
    body = [
        "x = load(file)",
        *run_lines(plan, place),
        "best = int(answer.argmax())",
        *_MAPS[how],
        "values, probability = values.detach().double(), answer.detach().double().softmax(0)[best]",
        'print(f"{file}: {names[best]}, probability {probability:.7g},", end=" ")',
        'print(f"map from {values.min():.7g} to {values.max():.7g}, mean {values.mean():.7g}")',
    ]
    lines = ["", *ready_lines(plan, place), "", "files = [", *(f"    {file!r}," for file in files), "]"]
    return "\n".join([*lines, "for file in files:", *(f"    {line}" for line in body)]) + "\n"
