"""Fields of cells against the gradient of networks in which nothing cancels, and ways counted by hand."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from resnet_viz.analysis.fields_of_cells import box_of, effective, half_of, seen_by, spans, ways
from resnet_viz.blueprint import blueprint
from resnet_viz.blueprint.read import read_blueprint
from resnet_viz.errors import NetworkError
from resnet_viz.forward.run import compile_program, forward
from resnet_viz.networks.catalog import build
from resnet_viz.records import NETWORK


def counting(model: nn.Module) -> nn.Module:
    """The same structure where every weight is above zero and pooling takes the mean: gradients show all that is seen."""
    for name, module in list(model.named_modules()):
        if isinstance(module, nn.Conv2d):
            nn.init.constant_(module.weight, 1 / module.weight[0].numel())
        if isinstance(module, nn.MaxPool2d):
            mean = nn.AvgPool2d(module.kernel_size, module.stride, module.padding, ceil_mode=module.ceil_mode)
            parent, _, last = name.rpartition(".")
            setattr(model.get_submodule(parent), last, mean)
    return model.eval()


@pytest.mark.parametrize(
    ("network", "size", "places"),
    [
        (
            "resnet18",
            75,
            ("conv1", "maxpool", "layer1.0.conv2", "stage2", "layer2.0.downsample.0", "layer3.1", "stage4"),
        ),
        ("resnet50", 70, ("layer2.0.downsample.0", "layer2.1.conv2")),
        ("plain18", 50, ("layer3.0.conv1",)),
        ("lenet5", 32, ("c1", "s2", "c3")),
        ("googlenet", 64, ("maxpool2", "inception3b.branch4.0", "stage3")),
    ],
)
def test_what_the_structure_sees_is_where_the_gradient_is(network: str, size: int, places: tuple[str, ...]) -> None:
    """Borders, padding, sides that do not divide: the box of every cell tried is that of the gradient, to the pixel."""
    plan = blueprint(network, size)
    model = counting(build(network, classes=4))
    program = compile_program(model, read_blueprint(model, network, size, plan.input_shape[0]))
    kept = forward(program, torch.rand(1, *plan.input_shape) + 0.5)
    for place in places:
        found = spans(plan, place)
        for row, column in {(0, len(found) - 1), (len(found) // 2, len(found) // 3)}:
            expected = box_of(effective(program, kept, place, row, column))
            assert expected == (tuple(found[row]), tuple(found[column])), (place, row, column)


def test_the_field_is_the_gradient_of_the_mean_over_channels(tiny_program, images) -> None:
    kept = forward(tiny_program, images[0])
    found = effective(tiny_program, kept, "layer2.0.bn2", 1, 2)
    x = images[0].clone().requires_grad_()
    values = {"input": x}
    for name, step in tiny_program.steps.items():
        values[name] = step.call(*[values[source] for source in step.inputs])
    (expected,) = torch.autograd.grad(values["layer2.0.bn2"][0, :, 1, 2].mean(), x)
    np.testing.assert_allclose(found, expected[0].abs().sum(0).numpy(), rtol=1e-4, atol=1e-7)


def test_a_pixel_is_seen_by_the_cells_whose_field_has_it() -> None:
    plan = blueprint("resnet50", 224)
    for stage in plan.stages:
        found = spans(plan, stage.name)
        for pixel in (0, 100, 223):
            cells = [cell for cell, (low, high) in enumerate(found) if low <= pixel <= high]
            assert seen_by(found, pixel) == (cells[0], cells[-1])
            assert cells == list(range(cells[0], cells[-1] + 1))
    shortest = spans(plan, "stage4", ways(plan, "stage4").shortest)  # 11 of every 32 pixels
    assert seen_by(shortest, 110) is None and seen_by(shortest, 96) == (3, 3)


def test_in_the_middle_the_field_is_as_wide_as_the_blueprint_says() -> None:
    plan = blueprint("resnet18", 512)
    for place in ("conv1", "layer1.1", "layer2.0", "layer3.0.conv1"):
        found = spans(plan, place)
        record = plan.by_place[place]
        layer = plan.layer(getattr(record, "output", place))
        low, high = found[len(found) // 2]
        assert high - low + 1 == layer.receptive_field


@pytest.mark.parametrize(
    ("network", "shortest", "longest", "count"),
    [("resnet50", 5, 49, 2**16), ("resnet18", 4, 17, 2**8), ("plain18", 17, 17, 1), ("vgg16", 13, 13, 1)],
)
def test_the_ways_to_the_last_stage(network: str, shortest: int, longest: int, count: int) -> None:
    """The stem, and a projection where the shape changes; the stem, and every branch."""
    plan = blueprint(network)
    found = ways(plan, plan.stages[-1].name)
    assert len(found.shortest.convolutions) == shortest
    assert len(found.longest.convolutions) == longest
    assert found.count == count
    if network == "resnet50":
        projections = tuple(f"layer{n}.0.downsample.0" for n in range(1, 5))
        assert found.shortest.convolutions == ("conv1", *projections)


def test_the_field_of_a_way_by_hand() -> None:
    """ResNet-18: a window of 7, a pool of 3 at step 2, then single cells: 7 + 2 x 2 = 11 pixels, every 32nd."""
    plan = blueprint("resnet18", 224)
    found = ways(plan, "stage4")
    low, high = spans(plan, "stage4", found.shortest)[3]
    assert high - low + 1 == 11
    np.testing.assert_array_equal(spans(plan, "stage4", found.longest), spans(plan, "stage4"))


def test_half_of_a_field_and_a_field_of_nothing() -> None:
    field = np.array([[0, 0, 0], [0, 4, 1], [0, 1, 2]], np.float32)
    assert half_of(field) == 1 and box_of(field) == ((1, 2), (1, 2))
    assert half_of(np.full((2, 4), 0.5, np.float32)) == 4
    nothing = np.zeros((3, 3), np.float32)
    assert half_of(nothing) == 0 and box_of(nothing) is None


def test_the_picture_itself_and_what_has_no_cells(tiny_program, images) -> None:
    plan = blueprint("resnet18", 64)
    np.testing.assert_array_equal(spans(plan, "input")[:, 0], np.arange(64))
    assert ways(plan, "input").count == 1 and ways(plan, "input").longest.convolutions == ()
    kept = forward(tiny_program, images[0])
    for place in ("nowhere", NETWORK):
        for ask in (spans, ways):
            with pytest.raises(NetworkError):
                ask(plan, place)
    with pytest.raises(ValueError, match="fc puts out a vector"):
        spans(plan, "fc")
    with pytest.raises(ValueError, match="fc puts out a vector"):
        effective(tiny_program, kept, "fc", 0, 0)
    with pytest.raises(ValueError, match="row 99"):
        effective(tiny_program, kept, "layer1.0", 99, 0)
    only = effective(tiny_program, kept, "input", 2, 3)
    assert box_of(only) == ((2, 2), (3, 3))
