"""Cuts against surgery on the modules themselves, and what a pass after a cut runs."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace

import pytest
import torch
from torch import Tensor, nn

from resnet_viz.analysis.class_maps import grad_cam
from resnet_viz.analysis.lesions import Lesion, cut, lesioned, possible, reaches, read, removable
from resnet_viz.blueprint import blueprint, read_blueprint
from resnet_viz.errors import NetworkError
from resnet_viz.forward.program import Program, Step
from resnet_viz.forward.run import compile_program, forward, value
from resnet_viz.networks.catalog import build
from resnet_viz.records import INPUT

SIZE = 32


def picture() -> Tensor:
    return torch.randn(1, 3, SIZE, SIZE, generator=torch.Generator().manual_seed(0))


def branch_of(block: nn.Module, x: Tensor) -> Tensor:
    out = torch.relu(block.bn1(block.conv1(x)))
    out = block.bn2(block.conv2(out))
    return block.bn3(block.conv3(torch.relu(out))) if hasattr(block, "conv3") else out


def without_branch(block: nn.Module) -> Callable[[Tensor], Tensor]:
    return lambda x: torch.relu(x if block.downsample is None else block.downsample(x))


def without_shortcut(block: nn.Module) -> Callable[[Tensor], Tensor]:
    return lambda x: torch.relu(branch_of(block, x))


def operated(model: nn.Module, lesions: tuple[Lesion, ...]) -> nn.Module:
    """A copy whose blocks have a forward of their own."""
    model = copy.deepcopy(model)
    for lesion in lesions:
        block = model.get_submodule(lesion.block)
        block.forward = (without_branch if lesion.part == "branch" else without_shortcut)(block)
    return model


CUTS = [
    (Lesion("layer1.1", "branch"),),
    (Lesion("layer1.0", "branch"), Lesion("layer1.1", "branch"), Lesion("layer4.1", "shortcut")),
    (Lesion("layer2.0", "shortcut"), Lesion("layer2.1", "branch"), Lesion("layer3.0", "branch")),
]


@pytest.mark.parametrize("network", ["resnet18", "resnet50"])
@pytest.mark.parametrize("lesions", CUTS)
def test_a_cut_is_what_surgery_on_the_modules_is(network: str, lesions: tuple[Lesion, ...]) -> None:
    model, plan = build(network), blueprint(network, SIZE)
    program = compile_program(model, network)
    x, seen = picture(), {}
    other = operated(model, lesions)
    for block in plan.blocks:
        other.get_submodule(block.name).register_forward_hook(
            lambda _m, _i, out, name=block.name: seen.__setitem__(name, out)
        )
    with torch.inference_mode():
        logits = other(x)[0]
    before = forward(program, x)
    kept = {name: tensor.clone() for name, tensor in before.kept.items()}
    after_program, after = lesioned(program, plan, before, lesions)
    assert torch.allclose(after.logits, logits, rtol=1e-5, atol=1e-6)
    assert torch.equal(forward(after_program, x).logits, after.logits)
    for name, expected in seen.items():
        assert torch.allclose(value(after_program, after, name), expected, rtol=1e-5, atol=1e-6), name
    assert all(torch.equal(before.kept[name], tensor) for name, tensor in kept.items())
    assert torch.equal(forward(program, x).logits, before.logits)


def test_a_plain_block_goes_whole() -> None:
    model, plan = build("plain50"), blueprint("plain50", SIZE)
    program, x = compile_program(model, "plain50"), picture()
    other = copy.deepcopy(model)
    other.layer3[2] = nn.Identity()
    _, after = lesioned(program, plan, forward(program, x), [Lesion("layer3.2", "branch")])
    with torch.inference_mode():
        assert torch.allclose(after.logits, other(x)[0], rtol=1e-5, atol=1e-6)


def test_a_class_map_follows_the_cut(tiny, tiny_program, images) -> None:
    """Grad-CAM behind a cut, against autograd by hand through the module that was operated on."""
    plan = read_blueprint(tiny, "tiny", 16)
    lesions = [Lesion("layer2.0", "shortcut")]
    after_program, after = lesioned(tiny_program, plan, forward(tiny_program, images[0]), lesions)
    found = grad_cam(after_program, after, "layer1.0", 3)
    model = copy.deepcopy(tiny)
    first = model.layer1(model.relu(model.bn1(model.conv1(images[0])))).detach().requires_grad_()
    out = without_shortcut(model.layer2[0])(first)
    gradient = torch.autograd.grad(model.fc(torch.flatten(model.avgpool(out), 1))[0, 3], first)[0]
    expected = (gradient.mean((2, 3), keepdim=True) * first).sum(1)[0].relu().detach()
    assert torch.allclose(torch.from_numpy(found.values), expected, rtol=1e-4, atol=1e-6)


def counted(program: Program, ran: list[str]) -> Program:
    """The same network, whose operations write down that they ran."""

    def noting(step: Step) -> Step:
        def call(*tensors: Tensor) -> Tensor:
            ran.append(step.place)
            return step.call(*tensors)

        return Step(step.place, call, step.inputs, None)

    return replace(program, steps={name: noting(step) for name, step in program.steps.items()})


def test_nothing_before_the_first_cut_and_nothing_cut_off_is_run() -> None:
    plan, ran = blueprint("resnet50", SIZE), []
    program = compile_program(build("resnet50"), "resnet50")
    before = forward(program, picture())
    lesioned(counted(program, ran), plan, before, [Lesion("layer3.4", "branch"), Lesion("layer3.2", "branch")])
    assert "layer3.2.conv1" not in ran and "layer3.4.conv1" not in ran and "layer3.1.conv3" not in ran
    assert {"layer3.3.conv1", "layer3.5.conv1", "layer4.0.conv1", "fc"} <= set(ran)
    assert len(ran) == len(set(ran))


def test_what_can_be_cut() -> None:
    plan = blueprint("resnet50", SIZE)
    assert len(possible(plan)) == 32
    assert len(removable(plan)) == 12 and "layer1.0" not in removable(plan)
    plain = blueprint("plain50", SIZE)
    assert [lesion.block for lesion in possible(plain)] == list(removable(plain)) == list(removable(plan))
    assert possible(blueprint("vgg16", SIZE)) == possible(blueprint("googlenet", SIZE)) == ()


def test_ids_that_mean_nothing_are_left_out() -> None:
    plan = blueprint("resnet18", SIZE)
    ids = ["layer4.1.shortcut", "layer9.0.branch", "", "layer1.0.branch", "layer1.0.shortcut", "layer1.0"]
    assert [lesion.id for lesion in read(plan, ids)] == ["layer1.0.branch", "layer4.1.shortcut"]


@pytest.mark.parametrize(
    "lesions",
    [
        [Lesion("layer1.0", "branch"), Lesion("layer1.0", "shortcut")],
        [Lesion("layer9.0", "branch")],
    ],
)
def test_a_cut_that_leaves_no_way_is_refused(lesions: list[Lesion]) -> None:
    program = compile_program(build("resnet18"), "resnet18")
    with pytest.raises(NetworkError) as caught:
        cut(program, blueprint("resnet18", SIZE), lesions)
    assert caught.value.code == "no_lesion"


def test_what_is_cut_off_reaches_no_answer() -> None:
    program, plan = compile_program(build("resnet18"), "resnet18"), blueprint("resnet18", SIZE)
    after = cut(program, plan, [Lesion("layer2.0", "branch"), Lesion("layer2.1", "shortcut")])
    assert not reaches(after, "layer2.0.conv1") and reaches(program, "layer2.0.conv1")
    assert reaches(after, "layer2.0.downsample.0") and reaches(after, "layer2.0") and reaches(after, INPUT)
