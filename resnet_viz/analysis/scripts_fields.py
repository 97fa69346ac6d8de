"""A cell's field as PyTorch: what goes on behind `scripts.opening`, from `model` and `x`."""

from __future__ import annotations

from resnet_viz.analysis.scripts_inside import inside_lines
from resnet_viz.records import Blueprint


def field_script(plan: Blueprint, place: str, row: int, column: int) -> str:
    """Prints the box that the gradient of a cell reaches, its sum, its largest value, and what holds half of it."""
    lines = [
        "x.requires_grad_()",
        *inside_lines(plan, place),
        "",
        f"(G,) = torch.autograd.grad(A[0, :, {row}, {column}].mean(), x)",
        "field = G[0].abs().sum(0)",
        "rows, columns = field.nonzero().T.tolist()",
        "if rows:",
        '    print(f"the gradient reaches rows {min(rows)} to {max(rows)}, columns {min(columns)} to {max(columns)}")',
        "total = field.double().flatten().sort(descending=True).values.cumsum(0)",
        "half = int((total < total[-1] / 2).sum()) + 1 if total[-1] > 0 else 0",
        'print(f"sum {field.sum():.7g}, largest {field.max():.7g}, half of it in {half} pixels")',
    ]
    return "\n" + "\n".join(lines) + "\n"
