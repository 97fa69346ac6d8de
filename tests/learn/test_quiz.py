"""Questions from a seed: the same on every machine, of every kind, answered as PyTorch itself would."""

from __future__ import annotations

import math

import pytest
import torch

from resnet_viz.learn.exercise import Exercise
from resnet_viz.learn.plans import plan
from resnet_viz.learn.quiz import PER_SHEET, exercise, sheet
from resnet_viz.networks.catalog import build, spec
from resnet_viz.records import StageRecord

SEEDS = (1, 2, 3)


def asked(found: Exercise) -> tuple[str, str, int, str]:
    return found.code, found.network, found.size, found.place


def test_a_seed_asks_the_same_on_every_machine() -> None:
    assert [asked(found) for found in sheet(1, plan)] == [
        ("shape_operation", "resnet34", 300, "layer4.0.conv1"),
        ("params_operation", "resnet50", 224, "layer3.0.downsample.0"),
        ("shape_block", "resnet50-v1", 192, "layer4.0"),
        ("macs_operation", "alexnet", 128, "features.0"),
        ("field_operation", "resnet50", 224, "layer2.0.conv2"),
        ("params_block", "resnet18", 224, "layer4.0"),
        ("shape_stage", "resnet34", 200, "stage1"),
        ("macs_block", "resnet50", 352, "layer1.0"),
        ("params_stage", "resnet18", 224, "stage2"),
        ("field_stage", "resnet34", 224, "stage1"),
    ]


def test_a_question_can_be_had_alone_and_goes_on_for_ever() -> None:
    assert exercise(2, 4, plan) == sheet(2, plan)[3]
    assert exercise(2, 4 + PER_SHEET, plan).code == exercise(2, 4, plan).code
    assert exercise(2, 4 + PER_SHEET, plan) != exercise(2, 4, plan)


def test_seeds_differ() -> None:
    assert len({tuple(map(asked, sheet(seed, plan))) for seed in SEEDS}) == len(SEEDS)


@pytest.mark.parametrize("seed", SEEDS)
def test_answers_are_those_of_pytorch(seed: int) -> None:
    """Parameters counted on the module, shapes and multiply-adds on a pass: nothing of the blueprint is believed."""
    for found in sheet(seed, plan):
        if found.quantity == "field":
            continue  # held against published fields in the tests of the blueprint
        model = build(found.network, device="meta")
        place = found.place if found.about != "stage" else stage_place(found)
        shapes, macs = passed(model, found)
        if found.quantity == "shape":
            assert found.answer == shapes[place]
        elif found.quantity == "params":
            names = plan(found.network, found.size).stage(found.place).layers if found.about == "stage" else ()
            prefixes = tuple(f"{name}." for name in (names or (place,)))
            held = {key: value for key, value in model.named_parameters() if key.startswith(prefixes)}
            assert found.answer == sum(map(torch.numel, held.values()))
        else:
            assert found.answer == sum(n for name, n in macs.items() if f"{name}.".startswith(f"{place}."))


def stage_place(found: Exercise) -> str:
    record = plan(found.network, found.size).by_place[found.place]
    assert isinstance(record, StageRecord)
    # The last ReLU of a block has no module of its own; its block has.
    return record.blocks[-1] if record.blocks else record.output


def passed(model: torch.nn.Module, found: Exercise) -> tuple[dict[str, tuple[int, ...]], dict[str, int]]:
    """Output shape of every module in one pass, and multiply-adds: outputs times what one of them reads."""
    shapes: dict[str, tuple[int, ...]] = {}
    macs: dict[str, int] = {}

    def keep(name: str, module: torch.nn.Module, output: torch.Tensor) -> None:
        shapes[name] = tuple(output.shape[1:])
        if isinstance(module, torch.nn.Conv2d | torch.nn.Linear):
            macs[name] = math.prod(shapes[name]) * math.prod(module.weight.shape[1:])

    for name, module in model.named_modules():
        module.register_forward_hook(lambda module, _, output, name=name: keep(name, module, output))
    model(torch.empty(1, spec(found.network).channels, found.size, found.size, device="meta"))
    return shapes, macs
