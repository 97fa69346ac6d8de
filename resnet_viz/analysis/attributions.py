"""Which pixels a logit depends on: the gradient at the image, its mean over noise, and its integral from a baseline.

y(x) is the logit of a class. No library's hook is set on the shared model: what differentiates it is a function.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from resnet_viz.analysis.backward import differentiable_logits, logit_gradients
from resnet_viz.analysis.class_maps import as_heatmap
from resnet_viz.forward.program import Program
from resnet_viz.forward.run import logits
from resnet_viz.forward.walk import GoOn, to_the_end
from resnet_viz.records import INPUT, Activations, Heatmap

NOISE = 0.15
"""Standard deviation of SmoothGrad's noise, as a share of the image's range: its authors recommend 0.1 to 0.2."""


@dataclass(frozen=True, slots=True)
class Integrated:
    """Integrated gradients, and whether they add up to what they explain."""

    heatmap: Heatmap
    """Pixels (H, W), summed over colours, in the logit's unit: above zero what raises it."""
    total: float
    """Sum over all pixels."""
    rise: float
    """y(x) - y(baseline): what the total would be with infinitely many steps."""
    steps: int

    @property
    def gap(self) -> float:
        """|total - rise| / |rise|; NaN where the logit does not change."""
        return abs(self.total - self.rise) / abs(self.rise) if self.rise else float("nan")


def saliency(program: Program, activations: Activations, class_index: int) -> Heatmap:
    """The largest |dy/dx| of each pixel's colours, (H, W). Simonyan et al. 2014, arXiv 1312.6034."""
    gradient = logit_gradients(program, activations, class_index, INPUT)[INPUT]
    return as_heatmap(INPUT, f"saliency {class_index}", _strongest(gradient), signed=False)


def smooth_grad(
    program: Program, x: Tensor, class_index: int, samples: int, *, seed: int = 0, go_on: GoOn = to_the_end
) -> Heatmap | None:
    """The same of the gradient's mean over noisy copies of an image (1, C, H, W); None where it was not to go on.

    mean over n of dy/dx at x + N(0, (0.15 (max x - min x))^2). Smilkov et al. 2017, arXiv 1706.03825.
    """
    random = torch.Generator().manual_seed(seed)
    spread = NOISE * float(x.max() - x.min())
    total = torch.zeros_like(x)
    for done in range(1, samples + 1):
        noise = torch.randn(x.shape, generator=random, dtype=x.dtype)
        with torch.inference_mode(False), torch.enable_grad():
            noisy = (x.clone() + spread * noise).requires_grad_()
            total += torch.autograd.grad(differentiable_logits(program, noisy)[0, class_index], noisy)[0]
        if not go_on(done, samples):
            return None
    return as_heatmap(INPUT, f"smoothgrad {class_index}", _strongest(total / samples), signed=False)


def integrated_gradients(
    program: Program, x: Tensor, baseline: Tensor, class_index: int, steps: int, *, go_on: GoOn = to_the_end
) -> Integrated | None:
    """(x - b) times the mean of dy/dx on the straight line from a baseline b to an image; None where it was to stop.

    Gauss-Legendre quadrature with that many steps, by captum. Their sum over all pixels is y(x) - y(b), but for the
    quadrature's error: what is left says how far to trust the map. Sundararajan et al. 2017, arXiv 1703.01365.
    """
    # captum loads matplotlib and more: a second, which only who asks for these has to wait.
    from captum.attr import IntegratedGradients  # noqa: PLC0415

    done = 0

    def watched(images: Tensor) -> Tensor:
        nonlocal done
        found = differentiable_logits(program, images)
        done += 1
        if not go_on(done, steps):
            raise _StoppedError
        return found

    try:
        with torch.inference_mode(False):
            found = IntegratedGradients(watched).attribute(
                x.clone(), baselines=baseline.clone(), target=class_index, n_steps=steps, internal_batch_size=1
            )
    except _StoppedError:
        return None
    ends = logits(program, torch.cat([x, baseline]))[:, class_index].double()
    heatmap = as_heatmap(INPUT, f"integrated {class_index}", found.sum(1)[0], signed=True)
    return Integrated(heatmap, float(found.double().sum()), float(ends[0] - ends[1]), steps)


def _strongest(gradient: Tensor) -> Tensor:
    """The largest absolute value over colours: (1, C, H, W) to (H, W)."""
    return gradient.abs().amax(1)[0]


class _StoppedError(Exception):
    """The visitor no longer waits."""
