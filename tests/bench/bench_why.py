"""What asking why costs: class maps from kept activations and occlusion, beside pytorch-grad-cam and captum.

    python tests/bench/bench_why.py [--rounds 9] [--size 224]

Ratios are to a bare forward pass of ResNet-50, to a backward pass through the layers behind a place, and to the occluded
pictures in one batch, all in the same run. Exit status 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Callable

import torch
from captum.attr import LayerGradCam, Occlusion
from pytorch_grad_cam import GradCAM
from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget
from timing import THREADS, interleaved, ratio, table, verdict
from torch import Tensor, nn

from resnet_viz.analysis.class_maps import METHODS, class_map
from resnet_viz.analysis.occlusion import occlusion
from resnet_viz.forward.run import Program, compile_program, forward, value
from resnet_viz.networks.catalog import build
from resnet_viz.records import Activations

LAST, EARLIER, OCCLUDED = 0.1, 1.2, 1.05
"""Targets: in bare passes, in backward passes through the layers behind, in passes of one batch."""
PLACES = ("layer1.0", "layer2.0", "layer3.0")
CELLS, CLASS = 4, 3


def bare(model: nn.Module, x: Tensor) -> Tensor:
    with torch.inference_mode():
        found: Tensor = model(x)
        return found


def layers_behind(model: nn.Module, place: str) -> nn.Sequential:
    """What runs behind a block, as plain modules."""
    stage, index = place.removeprefix("layer").split(".")
    rest = list(model.get_submodule(f"layer{stage}"))[int(index) + 1 :]
    later = [model.get_submodule(f"layer{number}") for number in range(int(stage) + 1, 5)]
    return nn.Sequential(*rest, *later, model.avgpool, nn.Flatten(), model.fc)


def there_and_back(behind: nn.Module, output: Tensor) -> Callable[[], object]:
    """PyTorch's own pass through the layers behind a place, and the gradient of a logit back to it, nothing else."""
    start = output.clone().requires_grad_()

    def run() -> None:
        torch.autograd.grad(behind(start)[0, CLASS], start)

    return run


def back_alone(behind: nn.Module, output: Tensor) -> Callable[[], object]:
    """The way back alone, over what one pass wrote down for it: nothing has that at hand, for no session keeps it."""
    start = output.clone().requires_grad_()
    logit = behind(start)[0, CLASS]
    return lambda: torch.autograd.grad(logit, start, retain_graph=True)


def class_maps_of(program: Program, kept: Activations, place: str, name: str) -> Callable[[], object]:
    return lambda: class_map(program, kept, place, CLASS, next(m for m in METHODS if m == name))


def theirs(model: nn.Module, x: Tensor, place: str) -> dict[str, Callable[[], object]]:
    layer = model.get_submodule(place)

    def grad_cam() -> None:
        with GradCAM(model=model, target_layers=[layer]) as cam:
            cam(input_tensor=x, targets=[ClassifierOutputTarget(CLASS)])

    return {
        "pytorch-grad-cam": grad_cam,
        "captum LayerGradCam": lambda: LayerGradCam(model, layer).attribute(x, target=CLASS),
    }


def at_the_last_stage(model: nn.Module, program: Program, x: Tensor, rounds: int) -> float:
    """The slowest gradient method's ratio to a bare pass."""
    kept = forward(program, x)
    ours = {name: class_maps_of(program, kept, "stage4", name) for name in METHODS}
    calls = {"bare": lambda: bare(model, x), **ours, **theirs(model, x, "layer4.2")}
    taken = interleaved(calls, rounds)
    rows = [(name, 1e3 * statistics.median(t), ratio(t, taken["bare"])) for name, t in taken.items()]
    print(table(("at the end of the last stage", "ms of CPU", "bare passes"), rows), "\n")
    return ratio(taken["grad-cam"], taken["bare"])


def at_earlier_places(model: nn.Module, program: Program, x: Tensor, rounds: int) -> float:
    """Grad-CAM's worst ratio to a pass through the layers behind a place and back, timed alone."""
    kept = forward(program, x)
    worst, rows = 0.0, []
    for place in PLACES:
        behind, output = layers_behind(model, place), value(program, kept, place)
        alone, back = there_and_back(behind, output), back_alone(behind, output)
        ours = class_maps_of(program, kept, place, "grad-cam")
        taken = interleaved({"alone": alone, "back": back, "ours": ours, **theirs(model, x, place)}, rounds)
        found = [ratio(taken[name], taken["alone"]) for name in list(taken)[1:]]
        rows.append((place, 1e3 * statistics.median(taken["alone"]), *found))
        worst = max(worst, found[1])
    head = ("Grad-CAM at a place", "there and back, ms of CPU", "back alone", "ours", "pytorch-grad-cam", "captum")
    print(table(head, rows), "\n")
    return worst


def occluding(model: nn.Module, program: Program, x: Tensor, rounds: int) -> float:
    """The ratio to the same pictures in one batch."""
    patch = x.shape[-1] // CELLS
    batch = x.repeat(CELLS**2 + 1, 1, 1, 1)
    window = (3, patch, patch)
    calls = {
        "one batch": lambda: bare(model, batch),
        "ours": lambda: occlusion(program, x, CELLS, patch),
        "captum": lambda: Occlusion(model).attribute(
            x, window, strides=window, target=CLASS, perturbations_per_eval=CELLS**2
        ),
    }
    with torch.inference_mode():
        taken = interleaved(calls, rounds)
    rows = [(name, 1e3 * statistics.median(t), ratio(t, taken["one batch"])) for name, t in taken.items()]
    print(table((f"occlusion, {CELLS**2} patches", "ms of CPU", "batches"), rows), "\n")
    return ratio(taken["ours"], taken["one batch"])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--size", type=int, default=224)
    options = parser.parse_args()
    model = build("resnet50")
    program = compile_program(model, "resnet50")
    x = torch.randn(1, 3, options.size, options.size, generator=torch.Generator().manual_seed(0))
    print(f"ResNet-50 at {options.size}, {THREADS} thread(s), medians of {options.rounds} interleaved rounds\n")
    return verdict(
        [
            ("Grad-CAM at the last stage, in bare passes", at_the_last_stage(model, program, x, options.rounds), LAST),
            (
                "Grad-CAM earlier, in passes there and back",
                at_earlier_places(model, program, x, options.rounds),
                EARLIER,
            ),
            ("occlusion, in passes of one batch", occluding(model, program, x, max(3, options.rounds // 3)), OCCLUDED),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
