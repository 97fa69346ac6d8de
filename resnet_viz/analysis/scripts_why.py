"""Class maps and attributions as PyTorch: what goes on behind `scripts.opening`, from `model`, `x` and `names`."""

from __future__ import annotations

from collections.abc import Sequence

from resnet_viz.analysis.attributions import NOISE
from resnet_viz.analysis.class_maps import SMALL, Method
from resnet_viz.analysis.scripts_inside import inside_lines
from resnet_viz.records import Blueprint

_WEIGHTED: dict[Method, tuple[str, ...]] = {
    "grad-cam": ("weighted = G.mean((2, 3), keepdim=True) * A",),
    "grad-cam-pp": (
        f"share = G**2 / (2 * G**2 + A.sum((2, 3), keepdim=True) * G**3 + {SMALL})",
        "weighted = (G.relu() * share).sum((2, 3), keepdim=True) * A",
    ),
    "hires-cam": ("weighted = G * A",),
    "layer-cam": ("weighted = G.relu() * A",),
}
_PRINT = (
    "def show(index, values):",
    "    values = values.detach().double()",
    "    row, column = divmod(int(values.argmax()), values.shape[1])",
    '    print(f"{names[index]}: from {values.min():.7g} to {values.max():.7g}, sum {values.sum():.7g},", end=" ")',
    '    print(f"highest in row {row}, column {column}")',
)


def cam_script(plan: Blueprint, place: str, classes: Sequence[int], method: Method, *, against: bool) -> str:
    """Prints the ends, the sum and the highest cell of the map of each class at a place, and its logit."""
    lines = inside_lines(plan, place)
    if method == "eigen-cam":
        return _joined([*lines, "", *_PRINT, "", *_eigen(), f"show({classes[0]}, values)"])
    shown = "evidence" if against else "evidence.relu()"
    lines += ["", *_PRINT, "", f"for index in {list(classes)}:"]
    lines += ["    (G,) = torch.autograd.grad(answer[index], A, retain_graph=True)"]
    lines += [f"    {line}" for line in _WEIGHTED[method]]
    lines += ["    evidence = weighted.sum(1)[0]", f"    show(index, {shown})"]
    return _joined([*lines, '    print(f"{names[index]}: logit {answer[index]:.7g}")'])


def saliency_script(classes: Sequence[int]) -> str:
    """Prints the same of the gradient at the image, the largest of each pixel's colours."""
    return _each(
        classes,
        [
            "    (G,) = torch.autograd.grad(model(x.requires_grad_())[0, index], x)",
            "    show(index, G.abs().amax(1)[0])",
        ],
    )


def smooth_grad_script(classes: Sequence[int], samples: int) -> str:
    """Prints the same of the gradient's mean over the same noisy copies."""
    return _each(
        classes,
        [
            "    random, total = torch.Generator().manual_seed(0), torch.zeros_like(x)",
            f"    for _ in range({samples}):",
            "        noise = torch.randn(x.shape, generator=random)",
            f"        noisy = (x + {NOISE} * float(x.max() - x.min()) * noise).requires_grad_()",
            "        total += torch.autograd.grad(model(noisy)[0, index], noisy)[0]",
            f"    show(index, (total / {samples}).abs().amax(1)[0])",
        ],
    )


def integrated_script(classes: Sequence[int], steps: int, level: Sequence[float]) -> str:
    """Prints the same of integrated gradients from one colour, a `level` for each channel, and how they add up."""
    start = f"torch.tensor({list(level)}).view(1, -1, 1, 1).expand_as(x)"
    return _each(
        classes,
        [
            f"    baseline = {start}",
            f"    points, weights = np.polynomial.legendre.leggauss({steps})",
            "    total = torch.zeros_like(x)",
            "    for point, weight in zip(points, weights):",
            "        between = (baseline + (point + 1) / 2 * (x - baseline)).float().requires_grad_()",
            "        total += weight / 2 * torch.autograd.grad(model(between)[0, index], between)[0]",
            "    show(index, ((x - baseline) * total).sum(1)[0])",
            "    with torch.no_grad():",
            "        rise = model(x)[0, index] - model(baseline)[0, index]",
            '    print(f"{names[index]}: logit above the baseline {rise:.7g}")',
        ],
        ["import numpy as np", ""],
    )


def occlusion_script(classes: Sequence[int], cells: int, patch: int) -> str:
    """Prints by how much each patch lowers the logit of each class, row by row."""
    return _each(
        classes,
        [
            f"    drops = torch.zeros({cells}, {cells})",
            f"    for row in range({cells}):",
            f"        for column in range({cells}):",
            "            painted = x.clone()",
            "            painted[:, :, span(row), span(column)] = 0",
            "            with torch.no_grad():",
            "                drops[row, column] = logits[index] - model(painted)[0, index]",
            "    show(index, drops)",
        ],
        [
            "import math",
            "",
            "def span(cell):",
            f"    start = math.floor((cell + 0.5) * x.shape[2] / {cells} - {patch} / 2 + 0.5)",
            f"    return slice(max(start, 0), min(start + {patch}, x.shape[2]))",
            "",
        ],
    )


def _eigen() -> list[str]:
    return [
        "cells = A.detach()[0].flatten(1).T.double()",
        "centred = cells - cells.mean(0)",
        "along = centred @ torch.linalg.svd(centred, full_matrices=False).Vh[0]",
        "sign = -1 if along @ cells.norm(dim=1) < 0 else 1  # a singular vector has none of its own",
        "values = (sign * along).reshape(A.shape[2:])",
    ]


def _each(classes: Sequence[int], body: Sequence[str], before: Sequence[str] = ()) -> str:
    return _joined([*before, *_PRINT, "", f"for index in {list(classes)}:", *body])


def _joined(lines: Sequence[str]) -> str:
    return "\n" + "\n".join(lines) + "\n"
